import type { EventOf } from '../../evidence/event.ts'
import type { RecordedTest } from '../../evidence/event-parts.ts'
import type { Context } from '../context/context.ts'
import { resourceUri } from '../context/resource-uri.ts'

/** The tests of a run as an answer lists them: if there are too many, those that do not pass first. */
export interface BoundedTests {
  tests: RecordedTest[]
  /** How many tests the list leaves out, and the document that has them all. */
  testsLeftOut?: { count: number; document: string }
}

/** At most `MAX_TESTS` tests, because a model pays for each of them. */
export function boundedTests(
  { plan }: Pick<Context, 'plan'>,
  { task, tests }: Pick<EventOf<'red'> | EventOf<'green'>, 'task' | 'tests'>,
): BoundedTests {
  const count = tests.length - MAX_TESTS
  if (count <= 0) return { tests: tests.map(shown) }
  const ordered = [...tests.filter(test => !isPassed(test)), ...tests.filter(isPassed)]
  const document = resourceUri(plan.feature, `evidence/${encodeURIComponent(task)}`)
  return { tests: ordered.slice(0, MAX_TESTS).map(shown), testsLeftOut: { count, document } }
}

const MAX_TESTS = 25

/** A RED should fail in an assertion, so only another reason is shown. */
function shown({ reason, ...test }: RecordedTest): RecordedTest {
  return { ...test, ...(reason !== undefined && reason !== 'assertion' && { reason }) }
}

function isPassed({ outcome }: RecordedTest): boolean {
  return outcome === 'passed'
}
