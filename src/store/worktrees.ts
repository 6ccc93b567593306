import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gitFolderOf } from './git-folder.ts'
import { namesIn } from './read-file.ts'
import type { Workspace } from './workspace.ts'

/** Folders of other worktrees of the clone that have this file, relative to the workspace. Read from git's own files. */
export function worktreesWith({ root }: Workspace, file: string): string[] {
  const git = gitFolderOf(root)
  if (!git) return []
  const inside = path.relative(git.top, root)
  return otherWorktrees(root)
    .map(top => path.join(top, inside))
    .filter(folder => existsSync(path.join(folder, file)))
}

/** The roots of the other worktrees of the clone, wherever they are. */
export function otherWorktrees(root: string): string[] {
  const git = gitFolderOf(root)
  if (!git) return []
  const tops = [path.dirname(git.common), ...linkedTops(git.common)]
  return [...new Set(tops)].filter(top => top !== git.top)
}

/** The roots of the worktrees that `git worktree add` made. */
function linkedTops(common: string): string[] {
  return namesIn(path.join(common, 'worktrees')).flatMap(name => {
    const pointer = path.join(common, 'worktrees', name, 'gitdir')
    const entry = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : ''
    return entry === '' ? [] : [path.dirname(entry)]
  })
}
