import type { Candidate, Dialect, WorkspaceReader } from '../../dialects/dialect.ts'
import type { Task } from '../../plan/plan.ts'
import type { CloneCoordinator } from '../../store/coordinator/clone-coordinator.ts'
import type { StoreUnreachable } from '../../store/coordinator/coordinator.ts'
import type { LeaseTable } from '../../store/leases/lease-table.ts'
import type { Ledger } from '../../store/ledger.ts'
import type { Settings } from '../../store/settings.ts'
import type { State } from '../../store/state.ts'
import type { Workspace } from '../../store/workspace.ts'
import type { Call } from './call.ts'
import type { LedgerHistory } from './history-cache.ts'
import type { PlanReading } from './plan-cache.ts'
import type { TaskLease, LocalWork } from './local-work.ts'

/** Everything that a step bases its decisions on, read from disk for one call. */
export interface Context extends FeatureSource, PlanFields, LedgerFields, LeaseFields {
  call: Call
}

/** What does not change during a call: where the plan is, and how it is read. */
export interface FeatureSource {
  workspace: Workspace
  /** The workspace that a temporary checkout was made from; absent if this is not a checkout. */
  origin?: Workspace
  state: State
  /** Decides which additions and leases are accepted, also between clones that share a store. */
  coordinator: CloneCoordinator
  settings: Settings
  reader: WorkspaceReader
  dialect: Dialect
  candidate: Candidate
  /** Names the feature's ledger, leases and snapshot references. */
  key: string
  /** What decided the dialect and the feature, as a phrase. */
  evidence: string
  /** A sentence, if something else names another feature. */
  doubt?: string
  /** Why the store that several clones share cannot be used: what is read here may be old. */
  storeProblem?: StoreUnreachable
  /** Since when it could not be reached from this clone. */
  offlineSince?: string
  /** True in a transaction: reading the ledger first writes lines that a crash left out. */
  finishes: boolean
  /** Tasks of other clones whose marks are here and whose code is not. */
  withoutCode?: ReadonlySet<string>
}

export interface PlanFields extends PlanReading {
  /** The plan's tasks by id. */
  tasks: ReadonlyMap<string, Task>
}

export interface LedgerFields extends LedgerHistory, Pick<LocalWork, 'elsewhere' | 'ticked'> {
  ledger: Ledger
}

export interface LeaseFields {
  /** The valid leases of the feature, by task id, and the tasks that another clone finished. */
  leases: ReadonlyMap<string, TaskLease>
  /** All leases of the clone. */
  leaseTable: LeaseTable
}

/** The current time, as events and workflows write it: ISO 8601, UTC. */
export function timestamp(): string {
  return new Date().toISOString()
}
