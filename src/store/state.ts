import { lstatSync } from 'node:fs'
import path from 'node:path'
import { sha256 } from '../evidence/chain.ts'
import { disk } from './disk.ts'
import { writeFile } from './files.ts'
import { readBytes } from './read-file.ts'
import { gitFolderOf } from './git-folder.ts'
import { Outside, type Workspace } from './workspace.ts'

/** The folders of the server's own files: `.redgreen/`, with `local/` kept out of git. */
export interface State {
  /** Absolute path of the workspace. */
  root: string
  /** Absolute path of `.redgreen`. */
  folder: string
  /** Absolute path of `.redgreen/local`. */
  local: string
  /** Absolute path of the files that all worktrees of a clone share: the lock and the leases. */
  shared: string
}

/** The folders of the server's files in a workspace. Creates nothing. */
export function stateOf(workspace: Workspace): State {
  const folder = path.join(workspace.root, '.redgreen')
  const local = path.join(folder, 'local')
  return { root: workspace.root, folder, local, shared: sharedFolder(workspace.root) ?? local }
}

/** A folder inside git's common folder, which all worktrees share. Each workspace of a repository has its own. */
function sharedFolder(root: string): string | undefined {
  const git = gitFolderOf(root)
  if (!git) return undefined
  const place = path.relative(disk.real(git.top), root)
  return path.join(git.common, 'redgreen', place === '' ? 'root' : sha256(place).slice(0, 16))
}

/**
 * Creates `.redgreen` with the ignore file that keeps `local/` out of git, before anything else is written there. Throws `Outside` if
 * one of its folders is something else, such as a link.
 */
export function ensureState(state: State): void {
  for (const folder of [state.folder, state.local, path.join(state.folder, 'ledger')]) {
    const stat = lstatSync(folder, { throwIfNoEntry: false })
    if (stat && !stat.isDirectory()) throw new Outside(folder, 'must be its own folder')
  }
  ensureIgnored(path.join(state.folder, '.gitignore'))
  ensureLocalIgnored(path.join(state.local, '.gitignore'))
}

/** On a branch that has no `.redgreen/.gitignore`, the local files are still there, and `git add --all` must not add them. */
function ensureLocalIgnored(file: string): void {
  if (!lstatSync(file, { throwIfNoEntry: false })) writeFile(file, '*\n')
}

/** Logs and trees must never be committed, so the line is added again if somebody removed it. Other lines stay. */
function ensureIgnored(file: string): void {
  const stat = lstatSync(file, { throwIfNoEntry: false })
  if (stat && !stat.isFile()) throw new Outside(file, 'must be a file')
  const text = readBytes(file)?.toString('utf8') ?? ''
  if (text.split(/\r?\n/).some(line => /^\/?(local\/?|\*)$/.test(line.trim()))) return
  writeFile(file, `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}local/\n`)
}
