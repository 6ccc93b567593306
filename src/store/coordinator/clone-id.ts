import os from 'node:os'
import path from 'node:path'
import { makeFolder, writeNew } from '../files.ts'
import { linkStatOf } from '../read-file.ts'
import { gitFolderOf } from '../git-folder.ts'
import { sealOf } from '../secret.ts'
import type { State } from '../state.ts'

/**
 * The id of a worktree in the lines of the ledger. It follows from a file in git's own folder, which no clone brings along: the worktree
 * keeps its id when the machine gets another name, and a copy of the whole folder, whose file is another one, has another id.
 */
export function cloneId(state: State): string {
  const file = path.join(folderOf(state), 'clone')
  const { ino, birthtimeMs } = linkStatOf(file) ?? created(file) ?? { ino: 0, birthtimeMs: 0 }
  return idOf(state, `clone ${ino} ${birthtimeMs}`)
}

/** The host of this clone's processes: whether one is alive can be seen in the same clone only, not in a container with the same name. */
export function hostId(state: State): string {
  return `${os.hostname()} ${idOf(state, `host ${os.hostname()} ${state.shared}`)}`
}

function idOf(state: State, what: string): string {
  return sealOf(state, what, '').slice(0, 10)
}

/** In the git folder of this worktree, because another worktree has other code and so another id. */
function folderOf(state: State): string {
  const git = gitFolderOf(state.root)
  return git ? path.join(git.own, 'redgreen', path.basename(state.shared)) : state.local
}

function created(file: string): ReturnType<typeof linkStatOf> {
  try {
    makeFolder(path.dirname(file))
    writeNew(file, Buffer.alloc(0), 0o600)
  } catch {
    // Another process has created the file, or nothing can be written here. In that case nothing is recorded either.
  }
  return linkStatOf(file)
}
