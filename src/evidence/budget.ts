import type { Event } from './event.ts'

/** Limits that a person has set; a restart of the server forgets nothing of what was used. */
export interface Limits {
  fullRuns: number
  validationAttempts: number
  /** A working period ends after this long without an event. */
  pauseHours: number
}

/** What was used of the limits in the working period that `now` (ISO 8601) belongs to. */
export interface Used {
  fullRuns: number
  attempts: number
  /** What a person has allowed in it beyond the limits. */
  allowed: { fullRuns: number; attempts: number }
}

/** Counts the full runs and the validations of the present working period, and what a person has allowed in it. */
export function usedIn(events: readonly Event[], limits: Limits, now: string): Used {
  const period = presentPeriod(events, limits, now)
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

/** How many full runs are left, the one that is kept for the validation included. */
export function runsLeft({ fullRuns, allowed }: Used, limits: Limits): number {
  return Math.max(0, limits.fullRuns + allowed.fullRuns - fullRuns)
}

/** How many full runs a task may still use: one is kept for the validation. */
export function runsForTasks(used: Used, limits: Limits): number {
  const reserved = used.attempts === 0 ? 1 : 0
  return Math.max(0, runsLeft(used, limits) - reserved)
}

/** How many validations may still be tried. */
export function attemptsLeft({ attempts, allowed }: Used, limits: Limits): number {
  return Math.max(0, limits.validationAttempts + allowed.attempts - attempts)
}

/** The events of the working period that `now` (ISO 8601) belongs to. */
export function presentPeriod(
  events: readonly Event[],
  { pauseHours }: Limits,
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
