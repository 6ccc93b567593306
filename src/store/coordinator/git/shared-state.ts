import * as z from 'zod'
import { lease, leaseKey } from '../../leases/lease-table.ts'
import { Overtaken } from '../../transaction/sequence.ts'
import type { Addition, LeaseChange } from '../coordinator.ts'

/** What a project's servers agree on, without the lines of the ledger. It is one small file in the tree of the reference. */
export const sharedState = z.object({
  format: z.literal(1),
  /** Number of the latest change of the leases. */
  number: z.number(),
  leases: z.record(z.string(), lease),
  /** The latest changes that gave a task to a holder, or that a human released it with. */
  taken: z.array(
    z.object({
      number: z.number(),
      key: z.string(),
      token: z.number(),
      holder: z.string(),
      byHuman: z.literal(true).optional(),
    }),
  ),
  /** `taken` has all of them after the change with this number. */
  takenSince: z.number(),
  /** Number of additions to each feature. */
  versions: z.record(z.string(), z.number()),
  /** When it was written, by the clock of the machine that wrote it. */
  written: z.object({ at: z.string(), machine: z.string(), host: z.string() }).optional(),
})
export type SharedState = z.infer<typeof sharedState>

/** The state of a project at one commit of its reference. */
export interface Revision {
  /** Empty before the first commit. */
  commit: string
  state: SharedState
}

/** The state of a project that no server has worked on. */
export const EMPTY_STATE: SharedState = {
  format: 1,
  number: 0,
  leases: {},
  taken: [],
  takenSince: 0,
  versions: {},
}

/** Number of additions to a feature. */
export function versionOf({ versions }: SharedState, feature: string): number {
  return Object.hasOwn(versions, feature) ? (versions[feature] ?? 0) : 0
}

/** The state after a change of the leases. Throws `Overtaken` if it is based on other leases. */
export function withLeases(state: SharedState, { table, leases }: LeaseChange): SharedState {
  if (table.number !== state.number)
    throw new Overtaken(`Another server changed the leases after number ${table.number}.`)
  const number = state.number + 1
  const later = Object.entries(leases).flatMap(([key, one]) => {
    const known = state.leases[key]
    const isSame =
      known?.token === one.token &&
      known.holder.id === one.holder.id &&
      known.releasedBy === one.releasedBy
    const byHuman = one.releasedBy !== undefined && { byHuman: true as const }
    return isSame ? [] : [{ number, key, token: one.token, holder: one.holder.id, ...byHuman }]
  })
  const taken = [...state.taken, ...later]
  const dropped = taken.slice(0, Math.max(0, taken.length - MAX_TAKEN))
  return {
    ...state,
    number,
    leases,
    taken: taken.slice(dropped.length),
    takenSince: dropped.at(-1)?.number ?? state.takenSince,
  }
}

/** A decision is based on leases that are newer than this many tasks. */
const MAX_TAKEN = 64

/** The state after an addition to a feature. Throws `Overtaken`, see `Addition`. */
export function withAddition(
  state: SharedState,
  feature: string,
  { after, fence }: Pick<Addition, 'after' | 'fence'>,
): SharedState {
  if (versionOf(state, feature) !== after)
    throw new Overtaken(`Another server added to ${feature} after version ${after}.`)
  if (fence && isTakenSince(state, fence))
    throw new Overtaken(`${fence.task} of ${fence.feature} was taken by another server.`)
  return { ...state, versions: { ...state.versions, [feature]: after + 1 } }
}

/** Whether another holder took the task, or a human released it, after the leases were read. */
function isTakenSince(
  state: SharedState,
  { feature, task, by, table }: NonNullable<Addition['fence']>,
): boolean {
  // The changes are no longer known, or the leases are those of another state of the reference.
  if (table.number < state.takenSince || table.number > state.number) return true
  const key = leaseKey(feature, task)
  return state.taken.some(
    one =>
      one.number > table.number &&
      one.key === key &&
      one.token !== table.leases[key]?.token &&
      (one.holder !== by.id || one.byHuman === true),
  )
}
