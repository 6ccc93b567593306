import {
  leaseKey,
  readLeases,
  writeLeases,
  type LeaseEntry,
  type LeaseTable,
} from './lease-table.ts'
import { revokeDrafts } from './fencing.ts'
import type { Holder } from './holder.ts'
import type { State } from '../state.ts'
import { Overtaken } from '../transaction/sequence.ts'

/** Releases a task, if the holder has it. */
export function releaseLease(state: State, feature: string, task: string, by: Holder): LeaseTable {
  const table = readLeases(state)
  const key = leaseKey(feature, task)
  const { [key]: mine, ...others } = table.leases
  if (!mine || mine.released || mine.holder.id !== by.id) return table
  const ended = { ...mine, released: true as const }
  try {
    return writeLeases(
      state,
      table.number + 1,
      mine.takenOver ? { ...others, [key]: ended } : others,
    )
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error
    return releaseLease(state, feature, task, by)
  }
}

/** Ends the leases of a holder that is gone, of every feature, although its process goes on. */
export function endLeasesOf(state: State, holderId: string): void {
  const { number, leases } = readLeases(state)
  const isOwn = ({ holder, released, ended }: LeaseEntry) =>
    holder.id === holderId && !released && !ended
  if (!Object.values(leases).some(isOwn)) return
  const entries = Object.entries(leases).map(
    ([key, one]) => [key, isOwn(one) ? { ...one, ended: true as const } : one] as const,
  )
  try {
    writeLeases(state, number + 1, Object.fromEntries(entries))
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error
    endLeasesOf(state, holderId)
  }
}

/**
 * Ends another holder's lease for a human. The entry stays, so that a result of that holder which comes later is refused.
 */
export function endLease(
  state: State,
  table: LeaseTable,
  { feature, task, by, person }: { feature: string; task: string; by: Holder; person: string },
): LeaseTable {
  const key = leaseKey(feature, task)
  const known = table.leases[key]
  if (!known) return table
  const token = table.number + 1
  const flags = { takenOver: true, released: true, releasedBy: person } as const
  const ended = writeLeases(state, token, {
    ...table.leases,
    [key]: { ...known, ...flags, holder: by, token, since: new Date().toISOString() },
  })
  revokeDrafts(state, feature, task, by)
  return ended
}

/** The human who released the task, if nobody has taken it since. */
export function releasedByHuman(
  { leases }: LeaseTable,
  feature: string,
  task: string,
): { person: string; at: string } | undefined {
  const { releasedBy, since } = leases[leaseKey(feature, task)] ?? {}
  return releasedBy === undefined || since === undefined
    ? undefined
    : { person: releasedBy, at: since }
}
