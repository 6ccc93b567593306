import path from 'node:path'
import { readBytes } from './read-file.ts'
import { disk, type FileStatus } from './disk.ts'

/** The git folders of a workspace, read from git's own files. Asking git would need a process for every call. */
export interface GitFolder {
  /** Absolute path of the git folder of this worktree. */
  own: string
  /** Absolute path of the git folder that all worktrees of the clone share. */
  common: string
  /** The root of the worktree. */
  top: string
}

/** The git folders of a workspace; `undefined` if there is no repository. */
export function gitFolderOf(folder: string): GitFolder | undefined {
  const found = gitFolderIn(folder)
  if (found) return found
  const above = path.dirname(folder)
  return above === folder ? undefined : gitFolderOf(above)
}

/**
 * The folder, this one or one above it in the same worktree, that git would use as a bare repository. A clone can contain one, with a
 * configuration that makes git start programs, and git 2.37 and earlier always use it.
 */
export function bareRepositoryAround(folder: string): string | undefined {
  if (gitFolderIn(folder)) return undefined
  const isThere = (name: string) => disk.stat(path.join(folder, name)) !== undefined
  const isBare =
    isThere('HEAD') && (isThere('commondir') || (isThere('objects') && isThere('refs')))
  if (isBare) return folder
  const above = path.dirname(folder)
  return above === folder ? undefined : bareRepositoryAround(above)
}

function gitFolderIn(folder: string): GitFolder | undefined {
  const entry = path.join(folder, '.git')
  const look = disk.stat(entry)
  const known = KNOWN.get(folder)
  if (known && look?.isFolder === true && known.identity === identityOf(look)) return known.git
  const own = ownFolder(entry)
  if (own === undefined) return undefined
  const pointer = readBytes(path.join(own, 'commondir'))?.toString('utf8').trim()
  const common = pointer === undefined ? own : path.resolve(own, pointer)
  // A folder that a file names as git's is used only if it looks like one.
  const isReal = isFolder(path.join(common, 'objects')) && isFolder(path.join(common, 'refs'))
  if (!isReal) return undefined
  const git = { own, common: disk.real(common), top: folder }
  if (look?.isFolder === true) KNOWN.set(folder, { identity: identityOf(look), git })
  return git
}

/** Folders of git that this process has seen, by what they are in. Each step asks for one many times. */
const KNOWN = new Map<string, { identity: string; git: GitFolder }>()

/** Device and inode, which another folder in its place does not have. */
function identityOf({ stamp }: FileStatus): string {
  return stamp.split(' ', 2).join(' ')
}

/** The branch that is checked out; `undefined` if there is none. */
export function checkedOut(folder: string): string | undefined {
  const git = gitFolderOf(folder)
  const head = git && readBytes(path.join(git.own, 'HEAD'))?.toString('utf8')
  return /^ref: refs\/heads\/(.+)$/m.exec(head ?? '')?.[1]
}

function ownFolder(entry: string): string | undefined {
  if (isFolder(entry)) return entry
  // In a worktree, `.git` is a file that contains the path of the git folder.
  const pointer = /^gitdir: (.+)$/m.exec(readBytes(entry)?.toString('utf8') ?? '')?.[1]
  return pointer && path.resolve(path.dirname(entry), pointer)
}

function isFolder(place: string): boolean {
  return disk.stat(place)?.isFolder ?? false
}
