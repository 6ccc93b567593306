import { disk } from './disk.ts'
import { makeFolder } from './files.ts'
import { leasesFolder } from './leases/lease-table.ts'
import { ledgerFolder } from './ledger-folder.ts'
import type { State } from './state.ts'
import { commitFolder } from './transaction/commit.ts'

/** Makes the folders that a step writes into durable, so that the first step of a process does not have to wait. Creates nothing. */
export function syncAhead(state: State, feature: string): void {
  const folders = [leasesFolder(state), commitFolder(state, feature), ledgerFolder(state, feature)]
  for (const folder of folders) if (disk.stat(folder)?.isFolder) makeFolder(folder)
}
