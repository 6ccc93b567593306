import path from 'node:path'
import { readChain } from '../chain-file.ts'
import { ledgerFolder } from '../ledger-folder.ts'
import type { State } from '../state.ts'
import type { Commit } from '../transaction/commit-schema.ts'
import { lastCommit } from '../transaction/commit.ts'
import { missingIn, type Known } from './known-lines.ts'

/**
 * The lines of the chain that this worktree writes and that the store does not have. If a file has more lines than the server wrote,
 * somebody else added them, and they stay here.
 */
export function unsharedCommit(
  state: State,
  feature: string,
  known: Known | undefined,
): Commit | undefined {
  const { commit: last } = lastCommit(state, feature)
  const chain = last && readChain(path.join(ledgerFolder(state, feature), last.file))
  return chain && chain.tip.hash === last.tip ? missingIn(known, chain) : undefined
}
