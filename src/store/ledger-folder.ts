import path from 'node:path'
import type { State } from './state.ts'

/** Absolute path of the ledger of a feature. */
export function ledgerFolder(state: State, feature: string): string {
  return path.join(state.folder, 'ledger', feature)
}
