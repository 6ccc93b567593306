import type { Coordinator, LeaseChange } from '../coordinator/coordinator.ts'
import {
  featureInKey,
  leaseKey,
  taskInKey,
  type LeaseEntry,
  type LeaseTable,
} from './lease-table.ts'
import { isAlive, type Holder } from './holder.ts'
import { isExpired, startLease, type ClockReading } from './expiry.ts'

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
    others.flatMap(([key, { files, holder }]) => {
      const where = holder.clone === undefined ? '' : ` in the clone ${holder.clone}`
      const task = `${taskInKey(key)} of ${featureInKey(key)}${where}`
      return files.map(file => [file, task] as const)
    }),
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
export async function takeLease(
  coordinator: Coordinator,
  table: LeaseTable,
  request: LeaseRequest,
): Promise<LeaseTable> {
  if (
    isJustTaken(coordinator, table, request) &&
    (await coordinator.leases()).number === table.number
  )
    return table
  const taken = await coordinator.changeLeases(taking(table, request))
  noteHeld(coordinator, taken, request)
  return taken
}

/** The change with which a holder takes a task, or renews their lease. */
export function taking(table: LeaseTable, request: LeaseRequest): LeaseChange {
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
  const leases = withoutExpired({ ...table.leases, [key]: own }, now)
  return { table, leases, taken: { feature, task, by } }
}

/** Remembers the token of a lease that was taken. */
export function noteHeld(place: Project, table: LeaseTable, { feature, task, by }: Claim): void {
  const key = leaseKey(feature, task)
  const { token } = table.leases[key] ?? {}
  if (token !== undefined) HELD.set(heldAs(place, key, by), token)
}

type Claim = Pick<LeaseRequest, 'feature' | 'task' | 'by'>

/**
 * True if this process took or renewed the same lease a moment ago. Each renewal is written to disk twice. Its token is only known here once
 * the drafts of the holder before are gone, so a lease that was taken over is as good.
 */
export function isJustTaken(place: Project, table: LeaseTable, request: LeaseRequest): boolean {
  const { feature, task, by, now, leaseMinutes } = request
  const { active, files, token } = ownLease(table, request) ?? {}
  if (active === undefined) return false
  const age = now.wall.getTime() - Date.parse(active)
  const isSame =
    files?.length === request.files.length && files.every((file, at) => file === request.files[at])
  const isOwn = HELD.get(heldAs(place, leaseKey(feature, task), by)) === token
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

/** The latest holder of a task, whether its lease is valid or not; `undefined` if this clone knows none. */
export function latestHolder(
  { leases }: LeaseTable,
  feature: string,
  task: string,
): Holder | undefined {
  return leases[leaseKey(feature, task)]?.holder
}

/** The lease of another holder since this process had the task, whether it is still valid or not. */
export function takenOverSince(
  place: Project,
  { leases }: LeaseTable,
  feature: string,
  task: string,
  by: Holder,
): LeaseEntry | undefined {
  const key = leaseKey(feature, task)
  const found = leases[key]
  const token = HELD.get(heldAs(place, key, by))
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

function heldAs({ project }: Project, key: string, by: Holder): string {
  return [project, key, by.id].join('\n')
}

type Project = Pick<Coordinator, 'project'>

/** Leases that expired more than a day ago are not needed. */
function withoutExpired(leases: LeaseTable['leases'], now: ClockReading): LeaseTable['leases'] {
  const yesterday = new Date(now.wall.getTime() - 86_400_000).toISOString()
  const kept = Object.entries(leases).filter(
    ([, one]) => one.until > yesterday || isValid(one, now),
  )
  return Object.fromEntries(kept)
}
