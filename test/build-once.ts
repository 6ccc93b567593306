import { execFileSync } from 'node:child_process'

/** The tests that start the program start what a user would: the built one, built from what is here now. */
export function setup(): void {
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' })
}
