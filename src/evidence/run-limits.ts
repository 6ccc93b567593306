import type { Event } from './event.ts'

/** RunLimits that a human set. What was used of them is counted from the ledger, so a restart of the server forgets nothing. */
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
  const period = currentPeriod(events, limits, now)
  const attempts = period.filter(event => event.kind === 'validation').length
  const suites = period.filter(event => event.kind === 'suite' && event.ran === 'full').length
  const allowed = { fullRuns: 0, attempts: 0 }
  for (const event of period) {
    if (event.kind !== 'runs-allowed') continue
    allowed.fullRuns += event.fullRuns
    allowed.attempts += event.attempts
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
export function currentPeriod(
  events: readonly Event[],
  { pauseHours }: RunLimits,
  now: string,
): Event[] {
  let later = Date.parse(now)
  for (let index = events.length - 1; index >= 0; index -= 1) {
    const at = Date.parse(events[index]?.at ?? '')
    if (later - at > pauseHours * 3_600_000) return events.slice(index + 1)
    later = at
  }
  return [...events]
}
