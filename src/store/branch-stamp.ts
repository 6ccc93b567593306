import path from 'node:path'
import { disk } from './disk.ts'
import { readBytes } from './read-file.ts'
import { gitFolderOf } from './git-folder.ts'

/**
 * A stamp that changes with the checked-out commit, the index, and the depth of a shallow clone. It is read from git's files, without
 * starting git. `undefined` without a repository.
 */
export function branchStamp(folder: string): string | undefined {
  const git = gitFolderOf(folder)
  if (!git) return undefined
  const head = readBytes(path.join(git.own, 'HEAD'))?.toString('utf8') ?? ''
  const branch = /^ref: (.+)$/m.exec(head)?.[1]
  const commit = branch && readBytes(path.join(git.common, branch))?.toString('utf8')
  const places = [
    path.join(git.own, 'index'),
    path.join(git.own, 'reftable/tables.list'),
    ...COMMON.map(name => path.join(git.common, name)),
  ]
  return [head, commit ?? '', ...places.map(place => disk.stat(place)?.stamp ?? '')].join('\n')
}

/** Files with packed branches, and with the boundary of a shallow clone. */
const COMMON = ['packed-refs', 'reftable/tables.list', 'shallow']

/** Whether the clone is shallow: git knows only its latest commits. */
export function isShallow(folder: string): boolean {
  const git = gitFolderOf(folder)
  return git !== undefined && disk.stat(path.join(git.common, 'shallow')) !== undefined
}
