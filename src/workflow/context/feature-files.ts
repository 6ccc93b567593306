import path from 'node:path'
import { SETTINGS_FILE } from '../../plan/settings-file.ts'
import { leasesFolder } from '../../store/leases/lease-table.ts'
import { ledgerFolder } from '../../store/ledger-folder.ts'
import { liveRunsFolder } from '../../store/live-runs.ts'
import { absolute } from '../../store/workspace.ts'
import type { Context } from './context.ts'

/** Files and folders whose change can change what is shown about a feature: absolute paths, for `fileStamps`. */
export function featureFiles({ plan, workspace, state, key }: Context): string[] {
  return [
    ...plan.documents.map(document => absolute(workspace, document.path)),
    path.join(workspace.root, SETTINGS_FILE),
    ledgerFolder(state, key),
    leasesFolder(state),
    liveRunsFolder(state),
  ]
}
