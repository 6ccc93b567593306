import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

const FOLDER = path.resolve('node_modules/.cache/redgreen-bin')

/** The search path with the built program as `redgreen`, as after a global installation: messages then name the command so. */
export function pathWithCommand(): string {
  const { PATH = '' } = process.env
  return PATH.startsWith(FOLDER) ? PATH : `${FOLDER}${path.delimiter}${PATH}`
}

/** Puts the link into its folder. */
export function linkCommand(): void {
  const link = path.join(FOLDER, 'redgreen')
  mkdirSync(FOLDER, { recursive: true })
  rmSync(link, { force: true })
  symlinkSync(path.resolve('dist/cli.js'), link)
}
