import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { ensureFile, readBytes } from './files.ts'
import type { Workspace } from './workspace.ts'

/** Where the server keeps its own files: `.redgreen/`, of which `local/` stays out of git. */
export interface State {
  /** Absolute path of `.redgreen`. */
  folder: string
  /** Absolute path of `.redgreen/local`. */
  local: string
}

/** The places of a workspace's own files. Nothing is created. */
export function stateOf(workspace: Workspace): State {
  const folder = path.join(workspace.root, '.redgreen')
  return { folder, local: path.join(folder, 'local') }
}

/** Creates the folder with the ignore file that keeps `local/` out of git, before anything else is written there. */
export function ensureState(state: State): void {
  ensureFile(path.join(state.folder, '.gitignore'), 'local/\n')
}

/** The random name of this clone, so that the ledgers of two clones never touch the same file. */
export function cloneId(state: State): string {
  const file = path.join(state.local, 'clone')
  ensureFile(file, `${randomBytes(5).toString('hex')}\n`)
  const id = readBytes(file)?.toString('utf8').trim() ?? ''
  if (!/^[0-9a-f]{10}$/.test(id)) throw new Error(`${file} does not hold the name of a clone.`)
  return id
}
