import path from 'node:path'
import { readBytes } from './files.ts'
import { disk } from './disk.ts'

/** What git's own files say of a folder. Asking git would cost a process for every call. */
export interface GitFolder {
  /** The folder that belongs to this worktree, absolute. */
  own: string
  /** The one that all worktrees of the clone share. */
  common: string
  /** The top of the worktree. */
  top: string
}

/** Git's folders for a workspace; `undefined` where there is no repository. */
export function gitFolderOf(folder: string): GitFolder | undefined {
  const own = ownFolder(path.join(folder, '.git'))
  if (own !== undefined) {
    const pointer = readBytes(path.join(own, 'commondir'))?.toString('utf8').trim()
    const common = pointer === undefined ? own : path.resolve(own, pointer)
    // Whatever a file names as git's folder has to look like one before anything is kept there.
    const isReal = isFolder(path.join(common, 'objects')) && isFolder(path.join(common, 'refs'))
    if (isReal) return { own, common: disk.real(common), top: folder }
  }
  const above = path.dirname(folder)
  return above === folder ? undefined : gitFolderOf(above)
}

/** The branch that is checked out; `undefined` without one. */
export function checkedOut(folder: string): string | undefined {
  const git = gitFolderOf(folder)
  const head = git && readBytes(path.join(git.own, 'HEAD'))?.toString('utf8')
  return /^ref: refs\/heads\/(.+)$/m.exec(head ?? '')?.[1]
}

function ownFolder(entry: string): string | undefined {
  if (isFolder(entry)) return entry
  // A worktree: the file says where its own folder is.
  const pointer = /^gitdir: (.+)$/m.exec(readBytes(entry)?.toString('utf8') ?? '')?.[1]
  return pointer && path.resolve(path.dirname(entry), pointer)
}

function isFolder(place: string): boolean {
  return disk.look(place)?.isFolder ?? false
}
