import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

/** Folders of npm packages: the one in `REDGREEN_RUNNERS`, for runners that are not dependencies of this repository, and its own. */
export const FOLDERS = [process.env['REDGREEN_RUNNERS'] ?? '', 'node_modules']

/** The first folder of npm packages that contains the package. */
export function nodeModulesWith(name: string): string | undefined {
  const folder = FOLDERS.find(folder => folder !== '' && existsSync(path.join(folder, name)))
  return folder && path.resolve(folder)
}

/** Commands that succeed if the package of a runner is installed for its language, which its program alone does not show. */
export const PROBES = {
  pytest: ['python3', '-c', 'import pytest'],
  minitest: ['ruby', '-e', "require 'minitest'"],
}

/** Does the command succeed on this machine? */
export function succeeds(command: readonly string[]): boolean {
  const [program = '', ...args] = command
  const key = command.join(' ')
  const known = results.get(key) ?? spawnSync(program, args, { stdio: 'ignore' }).status === 0
  results.set(key, known)
  return known
}

const results = new Map<string, boolean>()
