import type { TriedMutant } from './event-parts.ts'
import type { Outcome, TestResult } from './outcome.ts'

/**
 * What a run of the tests on changed code says about the change.
 *
 * @param own the ids of the tests that the task turned green
 */
export function mutantOutcome(
  outcome: Outcome,
  own: ReadonlySet<string>,
): Exclude<TriedMutant['outcome'], 'unloaded'> {
  if (outcome.end === 'timed_out') return 'timed-out'
  if (outcome.end === 'not_started' || outcome.end === 'cancelled') return 'invalid'
  if (outcome.end !== 'complete') return 'killed'
  if (outcome.exitCodeOnly) return outcome.exitCode === 0 ? 'survived' : 'killed'
  if (outcome.tests.some(test => own.has(test.id) && isFailure(test))) return 'killed'
  if (outcome.loadErrors.length > 0) return 'invalid'
  const ran = new Set(outcome.tests.map(({ id }) => id))
  if ([...own].some(id => !ran.has(id))) return 'killed'
  if (outcome.tests.some(isFailure)) return 'other'
  if (outcome.exitCode === 0) return 'survived'
  // Something else judged the run, such as a threshold of the coverage.
  return outcome.unhandled.length > 0 ? 'killed' : 'invalid'
}

function isFailure({ outcome }: TestResult): boolean {
  return outcome === 'failed' || outcome === 'errored'
}
