import type { Event } from './event.ts'
import { latestOfKind } from './events-by-kind.ts'
import { indexOfEvents } from './growing-events.ts'

/** Limits that a human set. Their use is counted from the ledger, so a restart of the server does not reset them. */
export interface RunLimits {
  fullRuns: number
  validationAttempts: number
  /** A working period ends after this many hours without an event. */
  pauseHours: number
}

/** What was used of the limits in the working period that contains `now` (ISO 8601). */
export interface RunUsage {
  fullRuns: number
  attempts: number
  /** What a human allowed in this period beyond the limits. */
  allowed: { fullRuns: number; attempts: number }
}

/** Counts the full runs and validations of the current working period, and what a human allowed in it. */
export function runUsage(events: readonly Event[], limits: RunLimits, now: string): RunUsage {
  const from = periodStart(events, limits, now)
  const attempts = latestOfKind(events, 'validation', from).length
  const suites = latestOfKind(events, 'suite', from).filter(({ ran }) => ran === 'full').length
  const allowed = { fullRuns: 0, attempts: 0 }
  for (const { fullRuns, attempts } of latestOfKind(events, 'runs-allowed', from)) {
    allowed.fullRuns += fullRuns
    allowed.attempts += attempts
  }
  return { fullRuns: suites + attempts, attempts, allowed }
}

/** How many full runs are left, including the one that is reserved for the validation. */
export function runsLeft({ fullRuns, allowed }: RunUsage, limits: RunLimits): number {
  return Math.max(0, limits.fullRuns + allowed.fullRuns - fullRuns)
}

/** How many full runs are left for tasks. One is reserved for the validation. */
export function runsForTasks(used: RunUsage, limits: RunLimits): number {
  const reserved = used.attempts === 0 ? 1 : 0
  return Math.max(0, runsLeft(used, limits) - reserved)
}

/** How many validation attempts are left. */
export function attemptsLeft({ attempts, allowed }: RunUsage, limits: RunLimits): number {
  return Math.max(0, limits.validationAttempts + allowed.attempts - attempts)
}

/** The events of the working period that contains `now` (ISO 8601). */
export function currentPeriod(events: readonly Event[], limits: RunLimits, now: string): Event[] {
  return events.slice(periodStart(events, limits, now))
}

/** The place of its first event. */
function periodStart(events: readonly Event[], { pauseHours }: RunLimits, now: string): number {
  const last = events.at(-1)
  if (last && Date.parse(now) - Date.parse(last.at) > pauseHours * 3_600_000) return events.length
  return pausesOf(pauseHours)(events).begins.findLast(at => at < events.length) ?? 0
}

/** The places of the first events of working periods. */
interface Pauses {
  begins: number[]
  last: number
}

function pausesOf(pauseHours: number): (events: readonly Event[]) => Pauses {
  const known = PAUSES.get(pauseHours) ?? newPauses(pauseHours)
  PAUSES.set(pauseHours, known)
  return known
}

function newPauses(pauseHours: number): (events: readonly Event[]) => Pauses {
  return indexOfEvents<Event, Pauses>(
    () => ({ begins: [], last: Infinity }),
    (pauses, event, at) => {
      const time = Date.parse(event.at)
      if (time - pauses.last > pauseHours * 3_600_000) pauses.begins.push(at)
      pauses.last = time
    },
  )
}

/** By the hours of the settings. */
const PAUSES = new Map<number, (events: readonly Event[]) => Pauses>()
