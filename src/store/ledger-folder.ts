import path from 'node:path'
import type { State } from './state.ts'

/** Where the ledger of a feature is kept, absolute. */
export function ledgerFolder(state: State, feature: string): string {
  return path.join(state.folder, 'ledger', feature)
}
