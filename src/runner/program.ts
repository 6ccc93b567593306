import { accessSync, constants, statSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

/** Is a program of this name on the PATH? */
export function isOnPath(name: string): boolean {
  return searchPath(process.env['PATH'])
    .split(path.delimiter)
    .some(folder => EXTENSIONS.some(extension => isProgram(path.join(folder, name + extension))))
}

/**
 * The PATH with the folder of the running Node at its end. A client that was not started from a terminal often has a PATH without
 * `node`, `npm` and `npx`.
 */
export function searchPath(own = ''): string {
  const folders = own.split(path.delimiter).filter(folder => folder !== '')
  const node = path.dirname(process.execPath)
  return [...folders, ...(folders.includes(node) ? [] : [node])].join(path.delimiter)
}

/** The first of these programs that exists, in the folder or in a folder above it up to the root of the workspace. */
export function findAbove(
  folder: string,
  root: string,
  names: readonly string[],
): string | undefined {
  const found = names.map(name => path.join(folder, name)).find(isProgram)
  if (found !== undefined) return found
  const parent = path.dirname(folder)
  return folder === root || parent === folder ? undefined : findAbove(parent, root, names)
}

const EXTENSIONS = process.platform === 'win32' ? ['', '.exe', '.cmd', '.bat'] : ['']

function isProgram(file: string): boolean {
  if (!(statSync(file, { throwIfNoEntry: false })?.isFile() ?? false)) return false
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
