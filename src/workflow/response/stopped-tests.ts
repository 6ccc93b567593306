import type { Event } from '../../evidence/event.ts'
import type { StoppedTest } from '../../evidence/event-parts.ts'
import { formatList } from '../../plan/format-list.ts'

/** Tests that ran at the start of the feature and did not run in its latest full suite. */
export function stoppedIn(events: readonly Event[]): StoppedTest[] {
  const last = events.findLast(
    event => event.kind === 'validation' || (event.kind === 'done' && event.suite === 'full'),
  )
  return last && 'stopped' in last ? (last.stopped ?? []) : []
}

/** A warning for each cause. */
export function describeStopped(stopped: readonly StoppedTest[]): string[] {
  const causes = [...new Set(stopped.map(({ cause }) => cause))]
  return causes.map(cause => {
    const ids = stopped.filter(test => test.cause === cause).map(({ id }) => `"${id}"`)
    return `! Ran at the start of the feature and does not run now (${cause}): ${formatList(ids, MAX_LISTED)}. A human should review this.`
  })
}

const MAX_LISTED = 3
