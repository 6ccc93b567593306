import { execFileSync } from 'node:child_process'
import { linkCommand } from './kit/command-link.ts'

/** Builds the program from the current sources, for the tests that start it. */
export function setup(): void {
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' })
  linkCommand()
}
