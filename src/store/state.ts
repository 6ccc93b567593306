import { lstatSync } from 'node:fs'
import path from 'node:path'
import { ensureFile } from './files.ts'
import { Outside, type Workspace } from './workspace.ts'

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

/**
 * Creates the folder with the ignore file that keeps `local/` out of git, before anything else is written there; throws
 * `Outside` where one of our folders is something else, such as a link that leads away.
 */
export function ensureState(state: State): void {
  for (const folder of [state.folder, state.local, path.join(state.folder, 'ledger')]) {
    const stat = lstatSync(folder, { throwIfNoEntry: false })
    if (stat && !stat.isDirectory()) throw new Outside(folder, 'has to be a folder of its own')
  }
  ensureFile(path.join(state.folder, '.gitignore'), 'local/\n')
}
