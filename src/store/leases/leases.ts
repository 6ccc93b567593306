import {
  featureInKey,
  isLatest,
  leaseKey,
  taskInKey,
  writeLeases,
  type LeaseEntry,
  type LeaseTable,
} from './lease-table.ts'
import { revokeDrafts } from './fencing.ts'
import { isAlive, type Holder } from './holder.ts'
import { isExpired, startLease, type ClockReading } from './expiry.ts'
import type { State } from '../state.ts'

/** Who works on a task. A lease is valid until it expires or its process ends. */

/** The leases on a feature's tasks that are valid at `now`, by task. */
export function activeLeases(
  { leases }: LeaseTable,
  feature: string,
  now: ClockReading,
): Map<string, LeaseEntry> {
  const own = Object.entries(leases).filter(([key]) => featureInKey(key) === feature)
  return new Map(
    own.filter(([, one]) => isValid(one, now)).map(([key, one]) => [taskInKey(key), one]),
  )
}

/** The files reserved by valid leases of other holders on other features, with the task that names each. */
export function leasedFiles(
  { leases }: LeaseTable,
  feature: string,
  by: Holder,
  now: ClockReading,
): Map<string, string> {
  const others = Object.entries(leases).filter(
    ([key, one]) => featureInKey(key) !== feature && one.holder.id !== by.id && isValid(one, now),
  )
  return new Map(
    others.flatMap(([key, { files }]) =>
      files.map(file => [file, `${taskInKey(key)} of ${featureInKey(key)}`] as const),
    ),
  )
}

/** The earlier lease on a task, if it is no longer valid. */
export function previousLease(
  table: LeaseTable,
  feature: string,
  task: string,
  now: ClockReading,
): LeaseEntry | undefined {
  const found = findLease(table, feature, task)
  return found && !isValid(found, now) ? found : undefined
}

/** What to lease, for whom and for how long. */
export interface LeaseRequest {
  feature: string
  task: string
  files: readonly string[]
  by: Holder
  now: ClockReading
  leaseMinutes: number
}

/** Takes a task, or renews the holder's own lease. Throws `Overtaken` if any lease changed since `table` was read. */
export function takeLease(state: State, table: LeaseTable, request: LeaseRequest): LeaseTable {
  if (isJustTaken(state, table, request) && isLatest(state, table)) return table
  const { feature, task, files, by, now, leaseMinutes } = request
  const key = leaseKey(feature, task)
  const mine = ownLease(table, request)
  const number = table.number + 1
  const { since, token } = mine ?? { since: now.wall.toISOString(), token: number }
  const takenOver = mine ? mine.takenOver : isOthers(table.leases[key], by)
  const own = {
    holder: by,
    since,
    active: now.wall.toISOString(),
    ...startLease(leaseMinutes, now),
    token,
    files: [...files],
    ...(takenOver && { takenOver }),
  }
  const taken = writeLeases(state, number, withoutExpired({ ...table.leases, [key]: own }, now))
  HELD.set(heldAs(state, key, by), token)
  // Also for the holder's own task: an earlier attempt may have stopped after the lease.
  revokeDrafts(state, feature, task, by)
  return taken
}

/** True if this process took or renewed the same lease a moment ago. Each renewal is written to disk twice. */
export function isJustTaken(state: State, table: LeaseTable, request: LeaseRequest): boolean {
  const { feature, task, by, now, leaseMinutes } = request
  const { active, files, takenOver, token } = ownLease(table, request) ?? {}
  if (active === undefined || takenOver) return false
  const age = now.wall.getTime() - Date.parse(active)
  const isSame =
    files?.length === request.files.length && files.every((file, at) => file === request.files[at])
  const isOwn = HELD.get(heldAs(state, leaseKey(feature, task), by)) === token
  return isOwn && isSame && age >= 0 && age < Math.min(FRESH_MS, (leaseMinutes * 60_000) / 10)
}

/** The valid lease of the holder. */
function ownLease(table: LeaseTable, { feature, task, by, now }: LeaseRequest) {
  const known = table.leases[leaseKey(feature, task)]
  return known?.holder.id === by.id && isValid(known, now) ? known : undefined
}

/** As long as a holder counts as active without a sign, see `showActivity`. */
const FRESH_MS = 60_000

/** The lease on a task, valid or not. */
export function findLease(
  { leases }: LeaseTable,
  feature: string,
  task: string,
): LeaseEntry | undefined {
  const found = leases[leaseKey(feature, task)]
  return found?.released ? undefined : found
}

/** The name of the latest holder of a task, whether its lease is valid or not; `undefined` if this clone knows none. */
export function latestHolder(
  { leases }: LeaseTable,
  feature: string,
  task: string,
): string | undefined {
  return leases[leaseKey(feature, task)]?.holder.name
}

/** The lease of another holder since this process had the task, whether it is still valid or not. */
export function takenOverSince(
  state: State,
  { leases }: LeaseTable,
  feature: string,
  task: string,
  by: Holder,
): LeaseEntry | undefined {
  const key = leaseKey(feature, task)
  const found = leases[key]
  const token = HELD.get(heldAs(state, key, by))
  const isLater = found && token !== undefined && found.token > token
  return isLater && found.holder.id !== by.id ? found : undefined
}

/** Whether a lease is valid now. */
function isValid(lease: LeaseEntry, now: ClockReading): boolean {
  return !lease.released && !lease.ended && !isExpired(lease, now) && isAlive(lease.holder)
}

/** Whether another holder had the task before. */
function isOthers(known: LeaseEntry | undefined, by: Holder): true | undefined {
  return known && (known.takenOver || known.holder.id !== by.id) ? true : undefined
}

/** The tokens of this process. They show whether a result comes after another holder's lease. */
const HELD = new Map<string, number>()

function heldAs(state: State, key: string, by: Holder): string {
  return [state.shared, key, by.id].join('\n')
}

/** Leases that expired more than a day ago are not needed. */
function withoutExpired(leases: LeaseTable['leases'], now: ClockReading): LeaseTable['leases'] {
  const yesterday = new Date(now.wall.getTime() - 86_400_000).toISOString()
  const kept = Object.entries(leases).filter(
    ([, one]) => one.until > yesterday || isValid(one, now),
  )
  return Object.fromEntries(kept)
}
