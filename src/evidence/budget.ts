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
}

/** Counts the full runs and the validations of the present working period. */
export function usedIn(events: readonly Event[], limits: Limits, now: string): Used {
  const period = presentPeriod(events, limits.pauseHours * 3_600_000, Date.parse(now))
  const attempts = period.filter(event => event.kind === 'validation').length
  const suites = period.filter(event => event.kind === 'suite' && event.ran === 'full').length
  return { fullRuns: suites + attempts, attempts }
}

/** How many full runs a task may still use: one is kept for the validation. */
export function runsForTasks(used: Used, limits: Limits): number {
  const reserved = used.attempts === 0 ? 1 : 0
  return Math.max(0, limits.fullRuns - used.fullRuns - reserved)
}

function presentPeriod(events: readonly Event[], pause: number, now: number): Event[] {
  let later = now
  for (let index = events.length - 1; index >= 0; index -= 1) {
    const at = Date.parse(events[index]?.at ?? '')
    if (later - at > pause) return events.slice(index + 1)
    later = at
  }
  return [...events]
}
