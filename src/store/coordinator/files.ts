import path from 'node:path'
import { commitLines } from '../append-events.ts'
import { GENESIS } from '../../evidence/chain.ts'
import { linesOf, readChain, type Chain } from '../chain-file.ts'
import { readClocks } from '../leases/expiry.ts'
import { revokeDrafts, withFence } from '../leases/fencing.ts'
import { readLeases, writeLeases, type LeaseTable } from '../leases/lease-table.ts'
import { chainFiles, featuresRecorded } from '../ledger.ts'
import { withLock } from '../lock.ts'
import type { State } from '../state.ts'
import { commitNumbers } from '../transaction/commit.ts'
import type { CloneCoordinator } from './clone-coordinator.ts'
import type { Added, Addition, LeaseChange, SharedCommit } from './coordinator.ts'

/** The files of one clone, for all servers on one machine: the default. */
export function filesCoordinator(state: State): CloneCoordinator {
  const coordinator: CloneCoordinator = {
    project: state.shared,
    clone: undefined,
    clocks: readClocks,
    leases: async () => readLeases(state),
    changeLeases: async change => changeLeases(state, change),
    append: async (feature, addition) => append(state, feature, addition),
    readSince: async feature => readAll(state, feature),
    features: async () => featuresRecorded(state),
    withTurn: work => withLock(state, () => work(coordinator)),
    bringUpToDate: async () => {},
    versionHere: feature => commitNumbers(state, feature).last,
    close: async () => {},
  }
  return coordinator
}

/** Changes the leases of a clone. Throws `Overtaken`. */
export function changeLeases(
  state: State,
  { table, leases, taken, mayBeLost }: LeaseChange,
): LeaseTable {
  const changed = writeLeases(state, table.number + 1, leases, { isSynced: mayBeLost !== true })
  // This includes the holder's own task, because an earlier attempt may have stopped after it took the lease.
  if (taken) revokeDrafts(state, taken)
  return changed
}

function append(state: State, feature: string, { after, commit, fence }: Addition): number {
  const number = after + 1
  const fenceOf = fence && ((draft: string, put: () => void) => withFence(state, fence, draft, put))
  commitLines(state, feature, number, commit, fenceOf)
  return number
}

/** The number first: what is added while the files are read makes a decision based on it fail. */
function readAll(state: State, feature: string): Added {
  const { last: version } = commitNumbers(state, feature)
  const chains = chainFiles(state, feature).map(readChain)
  return { version, commits: chains.filter(({ lines }) => lines > 0).map(wholeChain) }
}

/** All lines of a chain as one commit: its file does not show which decision a line belongs to. */
function wholeChain(chain: Chain): SharedCommit {
  const { hash: tip } = chain.tip
  const place = { file: path.basename(chain.file), prev: GENESIS, seq: 0 }
  return { ...place, lines: linesOf(chain), tip }
}
