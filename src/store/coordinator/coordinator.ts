import type { ClockReading } from '../leases/expiry.ts'
import type { FencedDecision } from '../leases/fencing.ts'
import type { LeaseTable } from '../leases/lease-table.ts'
import type { Commit } from '../transaction/commit-schema.ts'

/**
 * What all servers that work on a project agree on: who holds which task, and which lines were added to the ledger, in which order. Each
 * decision is based on a state that was read before. It takes effect only if nothing relevant changed since; otherwise the method throws
 * `Overtaken`, nothing was written, and the caller reads again and decides again. So a server that was suspended, or whose lease another
 * server took, can do no harm, however late it continues.
 *
 * A store that cannot be used at the moment throws `StoreUnreachable`. Then it is unknown whether the last change was made; the next
 * reading shows it.
 */
export interface Coordinator {
  /** Distinguishes the projects of this process. */
  readonly project: string
  /** The clock by which leases expire. Call another method first: a store on another machine gives its time with each answer. */
  clocks(): ClockReading
  /** Who holds what, and the number of the latest change. */
  leases(): Promise<LeaseTable>
  /** Replaces the leases. Throws `Overtaken` if any lease changed after `table` was read. */
  changeLeases(change: LeaseChange): Promise<LeaseTable>
  /** Adds the lines of one decision to a chain and returns the feature's new version. Throws `Overtaken`, see `Addition`. */
  append(feature: string, addition: Addition): Promise<number>
  /** The feature's version and what was added after an earlier version, in order; it may be more than that. 0 is before the first. */
  readSince(feature: string, version: number): Promise<Added>
  /** Features with at least one line. */
  features(): Promise<string[]>
  /**
   * Runs `work` while other servers wait to decide, if the store can do this. It only prevents useless work: nothing relies on it. What
   * `work` changes through the coordinator that it gets may be undone if `work` throws; after `append` returned, the lines are durable, and
   * so are the leases that were changed before in the same turn.
   */
  withTurn<T>(work: (inTurn: Coordinator) => Promise<T>): Promise<T>
  /** In a turn: changes of leases take effect together with the first lines after them, or not at all. */
  readonly decidesTogether?: boolean
  /**
   * In a turn: makes the changes of leases take effect that no lines followed. Throws `Overtaken`. Without it, the end of the turn does
   * so. Absent if `changeLeases` leaves nothing open.
   */
  settle?(): Promise<void>
  /** Calls `onChange` whenever somebody changed something. Absent if the store cannot do this. */
  watch?(onChange: (change: Change) => void): { close(): void }
  /** Ends connections. */
  close(): Promise<void>
}

/** The next state of all leases. */
export interface LeaseChange {
  /** The leases that the change is based on. */
  table: LeaseTable
  leases: LeaseTable['leases']
  /** A task that its holder takes or keeps with this change: decisions of other holders about it must fail from now on. */
  taken?: Pick<FencedDecision, 'feature' | 'task' | 'by'>
  /** A power failure may take the change back. So a holder can release a task: if that is lost, others wait until the lease expires. */
  mayBeLost?: true
}

/** The lines of one decision, sealed as the continuation of their chain. */
export interface Addition {
  /** The version that the decision is based on. Any later addition to the feature, to whichever chain, makes it `Overtaken`. */
  after: number
  commit: Commit
  /** The files beside the ledger that the lines name by their hash, such as long lists of tests: texts by path below `.redgreen`. */
  attached?: Readonly<Record<string, string>>
  /** A decision about a task is `Overtaken` if another holder took the task, or a human released it, after `fence.table` was read. */
  fence?: FencedDecision
}

/** What was added to a feature. */
export interface Added {
  version: number
  commits: SharedCommit[]
}

/** What changed in a project since the last call. */
export interface Change {
  leases: boolean
  /** Features with new lines. */
  features: string[]
}

/** A commit without what only its own clone needs. */
export interface SharedCommit
  extends Omit<Commit, 'format' | 'offset' | 'branch'>, Pick<Addition, 'attached'> {
  /** When the store got it, if it notes that: the same lines may be added again after it was restored from an older copy. */
  added?: string
}

/** The store gave no answer that can be used. `message` says why, as the end of a sentence, without passwords. */
export class StoreUnreachable extends Error {
  override name = 'StoreUnreachable'
  /** Set if the answer to a decision was lost, so that only the next reading shows whether the store accepted it. */
  isUncertain = false
}
