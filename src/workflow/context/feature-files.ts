import path from 'node:path'
import { SETTINGS_FILE } from '../../plan/settings-file.ts'
import { leasesFolder } from '../../store/leases/lease-table.ts'
import { ledgerFolder } from '../../store/ledger-folder.ts'
import { liveRunsFolder } from '../../store/live-runs.ts'
import { absolute } from '../../store/workspace.ts'
import type { Context } from './context.ts'

/** The files of a feature alone, whose change can change what is shown about it: absolute paths, for `fileStamps`. */
export function ownFiles({ plan, workspace, state, key }: Context): string[] {
  return [
    ...plan.documents.map(document => absolute(workspace, document.path)),
    path.join(workspace.root, SETTINGS_FILE),
    ledgerFolder(state, key),
  ]
}

/** The same, with what all features share: who holds a task, and which runs are in progress. */
export function featureFiles(context: Context): string[] {
  return [...ownFiles(context), leasesFolder(context.state), liveRunsFolder(context.state)]
}
