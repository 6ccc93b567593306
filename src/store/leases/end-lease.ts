import type { Coordinator, LeaseChange } from '../coordinator/coordinator.ts'
import { leaseKey, type LeaseEntry, type LeaseTable } from './lease-table.ts'
import type { Holder } from './holder.ts'
import { Overtaken } from '../transaction/sequence.ts'

/** Releases a task, if the holder has it. */
export function releaseLease(
  coordinator: Coordinator,
  feature: string,
  task: string,
  by: Holder,
): Promise<LeaseTable> {
  return change(coordinator, table => releasing(table, feature, task, by))
}

/** The change with which a holder releases a task; `undefined` if they do not have it. */
export function releasing(
  table: LeaseTable,
  feature: string,
  task: string,
  by: Holder,
): LeaseChange | undefined {
  const key = leaseKey(feature, task)
  const { [key]: mine, ...others } = table.leases
  if (!mine || mine.released || mine.holder.id !== by.id) return undefined
  const ended = { ...mine, released: true as const }
  const leases = mine.takenOver ? { ...others, [key]: ended } : others
  return { table, leases, mayBeLost: true }
}

/** Ends the leases of a holder that is gone, of every feature, although its process continues. */
export async function endLeasesOf(coordinator: Coordinator, holderId: string): Promise<void> {
  const isOwn = ({ holder, released, ended }: LeaseEntry) =>
    holder.id === holderId && !released && !ended
  await change(coordinator, table => {
    if (!Object.values(table.leases).some(isOwn)) return undefined
    const entries = Object.entries(table.leases).map(
      ([key, one]) => [key, isOwn(one) ? { ...one, ended: true as const } : one] as const,
    )
    return { table, leases: Object.fromEntries(entries) }
  })
}

/** Changes the leases as they are now, and again if somebody else changes them at the same time. */
async function change(
  coordinator: Coordinator,
  changeFor: (table: LeaseTable) => LeaseChange | undefined,
): Promise<LeaseTable> {
  for (;;) {
    const table = await coordinator.leases()
    const wanted = changeFor(table)
    if (!wanted) return table
    try {
      return await coordinator.changeLeases(wanted)
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error
    }
  }
}

/** What a human ends, and who that is. */
interface EndRequest {
  feature: string
  task: string
  by: Holder
  person: string
}

/**
 * Ends another holder's lease for a human. The entry stays, so that a result of that holder which comes later is refused.
 */
export async function endLease(
  coordinator: Coordinator,
  table: LeaseTable,
  { feature, task, by, person }: EndRequest,
): Promise<LeaseTable> {
  const key = leaseKey(feature, task)
  const known = table.leases[key]
  if (!known) return table
  const token = table.number + 1
  const flags = { takenOver: true, released: true, releasedBy: person } as const
  const since = coordinator.clocks().wall.toISOString()
  const leases = { ...table.leases, [key]: { ...known, ...flags, holder: by, token, since } }
  return coordinator.changeLeases({ table, leases, taken: { feature, task, by } })
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
