import { lstatSync, realpathSync, type BigIntStats } from 'node:fs'
import path from 'node:path'
import { currentTurn } from './turn.ts'
import { Outside } from './workspace.ts'

/** The paths of the server's own files: nothing on the way to them may be a link. */

/** The folder in a workspace that holds the server's own files. */
const STATE_FOLDER = '.redgreen'

/** The start of a path below the server's folder in git's own, up to that folder. */
const IN_GIT = /^.*\.git(?:[\\/]worktrees[\\/][^\\/]+)?(?=[\\/]redgreen[\\/])/

/** Is this path below a folder of the server? */
export function isOurs(file: string): boolean {
  return file.includes(`${path.sep}${STATE_FOLDER}${path.sep}`) || IN_GIT.test(file)
}

/**
 * Returns the path; throws `Outside` if it passes through a symbolic link at or below a folder of the server, or through or to anything
 * else that is neither a file nor a folder. The server puts none there, and a link that a repository ships can lead anywhere.
 */
export function withoutLinks(file: string): string {
  const from = startOfOurs(file)
  if (from < 0) return file
  const folder = path.dirname(file)
  for (let end = isPlainFolder(folder) ? folder.length : from; end >= 0;) {
    end = file.indexOf(path.sep, end + 1)
    const place = end < 0 ? file : file.slice(0, end)
    const stat = lstatSync(place, { throwIfNoEntry: false })
    if (!stat) break
    if (stat.isSymbolicLink())
      throw new Outside(place, 'is a symbolic link in a folder of redgreen')
    // Opening a pipe waits for ever, and a file in place of a folder would look as if nothing had ever been recorded.
    if (!stat.isDirectory() && (end >= 0 || !stat.isFile()))
      throw new Outside(place, end >= 0 ? 'must be a folder' : 'must be a file')
  }
  return file
}

/** Where the server's folder begins in a path; negative if the path is not below one. */
function startOfOurs(file: string): number {
  const inWorkspace = file.indexOf(`${path.sep}${STATE_FOLDER}`)
  return inWorkspace < 0 ? (IN_GIT.exec(file)?.[0].length ?? -1) : inWorkspace
}

/** Is it one of the server's folders, and its path has no link? */
export function isOwnFolder(folder: string): boolean {
  return startOfOurs(folder) >= 0 && isPlainFolder(folder)
}

/** The status of one of the server's own files; `undefined` if something is wrong with its path, and `withoutLinks` says what. */
export function ownFileStatus(file: string): { stat: BigIntStats | undefined } | undefined {
  if (startOfOurs(file) < 0 || !isPlainFolder(path.dirname(file))) return undefined
  const stat = lstatSync(file, { bigint: true, throwIfNoEntry: false })
  return !stat || stat.isFile() || stat.isDirectory() ? { stat } : undefined
}

/** Is it a folder whose path has no link? One system call for the whole path, because every access checks it. */
function isPlainFolder(folder: string): boolean {
  if (plainFolders.turn === currentTurn() && plainFolders.folders.has(folder)) return true
  try {
    // The dot makes it fail for a file.
    if (realpathSync.native(`${folder}${path.sep}.`) !== folder) return false
  } catch {
    // It does not exist, or has a file in its path.
    return false
  }
  if (plainFolders.turn !== currentTurn())
    plainFolders = { turn: currentTurn(), folders: new Set() }
  plainFolders.folders.add(folder)
  return true
}

/** Folders that were checked in this turn of the event loop. */
let plainFolders: { turn?: object; folders: Set<string> } = { folders: new Set() }
