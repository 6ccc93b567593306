import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

/** Is a program of this name on the PATH? */
export function isOnPath(name: string): boolean {
  return programFolders().some(folder => programIn(folder, name) !== undefined)
}

/** The absolute path of a program on the PATH that is not one of the workspace. */
export function findProgram(name: string, workspace: string): string | undefined {
  return foldersOutside(workspace).flatMap(folder => programIn(folder, name) ?? [])[0]
}

/** The PATH without the folders of the workspace, such as its `node_modules/.bin`, which `npx` adds. */
export function pathOutside(workspace: string): string {
  return foldersOutside(workspace).join(path.delimiter)
}

function foldersOutside(workspace: string): string[] {
  const root = realPath(workspace)
  return programFolders().filter(folder => {
    const inside = path.relative(root, realPath(folder))
    return inside.startsWith('..') || path.isAbsolute(inside)
  })
}

function programFolders(): string[] {
  return searchPath(absoluteFolders(process.env['PATH']).join(path.delimiter)).split(path.delimiter)
}

/** The absolute folders of a search path: what others name depends on the working directory, which may be a project. */
export function absoluteFolders(own = ''): string[] {
  return own.split(path.delimiter).filter(folder => path.isAbsolute(folder))
}

/**
 * The file that a command name means on a search path, so that the program that runs is the one that was found: by itself, Windows
 * looks in the working directory first. A name that is a path, or that is not found, stays as it is.
 */
export function resolveProgram(name: string, own: string | undefined, cwd: string): string {
  if (/[/\\]/.test(name)) return name
  const folders = (own ?? '').split(path.delimiter).filter(folder => folder !== '')
  return folders.flatMap(folder => programIn(path.resolve(cwd, folder), name) ?? [])[0] ?? name
}

function programIn(folder: string, name: string): string | undefined {
  return EXTENSIONS.map(extension => path.join(folder, name + extension)).find(isProgram)
}

function realPath(folder: string): string {
  try {
    return realpathSync.native(folder)
  } catch {
    return folder
  }
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
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
