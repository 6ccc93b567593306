import type { Coordinator } from './coordinator.ts'

/** A subscription to changes of other clones. */
export interface Following {
  close(): void
}

/** A coordinator for the work in one clone, with which its ledger can be brought up to date. */
export interface CloneCoordinator extends Coordinator {
  /** The id of the clone in the lines of the ledger; `undefined` if no other clone shares the store. */
  readonly clone: string | undefined
  /** The store and the project, for humans, without passwords. */
  readonly label?: string
  /** Writes what other clones added to a feature into the ledger here. */
  bringUpToDate(feature: string): Promise<void>
  /**
   * Brings features up to date whenever another clone adds something, until the reader closes it. Absent if no other clone shares the
   * store.
   */
  follow?(): Following
  /** The version that the ledger here has. */
  versionHere(feature: string): number
  withTurn<T>(work: (inTurn: CloneCoordinator) => Promise<T>): Promise<T>
}
