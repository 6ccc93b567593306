import type { EventOf } from '../../evidence/event.ts'
import { judgeEnd } from '../../evidence/run-end.ts'
import type { Layer } from '../../store/checkout/overlay.ts'
import type { Context } from '../context/context.ts'
import { configurationOf } from '../testing/package-paths.ts'
import { isTestCode } from '../testing/inline-tests.ts'
import { storedSnapshot } from '../testing/snapshots.ts'
import { runTestsAt } from '../testing/test-run.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import { inCheckoutIfAvailable } from './checkout.ts'

/** Runs tests in the form that they had at an event on the current code, and returns those that fail; `undefined` if they cannot be run. */
export async function failingOnCurrentCode(
  context: Context,
  testRunner: TestRunner,
  event: EventOf<'red'> | EventOf<'green'>,
  ids: readonly string[],
): Promise<FailingTest[] | undefined> {
  if (ids.length === 0) return []
  const snapshot = storedSnapshot(event)
  if (!snapshot) return undefined
  const files = Object.keys(event.files)
  context.call.note(
    `running the tests of ${event.task} as they were at ${event.kind.toUpperCase()}`,
  )
  const outcome = await inCheckoutIfAvailable(
    context,
    snapshot,
    currentCode(context, testRunner),
    async ({ root }) => {
      const result = await runTestsAt(context, testRunner, root, { files, names: event.names })
      return result.outcome
    },
  )
  if (!outcome || judgeEnd(outcome)) return undefined
  const now = new Map(outcome.tests.map(test => [test.id, test]))
  return ids
    .filter(id => now.get(id)?.outcome !== 'passed')
    .map(id => ({ id, isAsserted: now.get(id)?.reason === 'assertion', ran: now.has(id) }))
}

/** A test that fails in an earlier form. */
export interface FailingTest {
  id: string
  /** True if an assertion failed. False for another error, such as a call of a method that was renamed. */
  isAsserted: boolean
  ran: boolean
}

/** Overlays the current code; tests, their support files and the test runner's configuration stay as they were. */
export function currentCode(
  context: Pick<Context, 'workspace'>,
  testRunner: TestRunner,
): (file: string) => Layer {
  const { inline } = testRunner.framework
  const configuration = new Set(configurationOf(context, testRunner))
  return file => {
    if (inline?.holds(file)) return (earlier, current) => inline.merge(current, earlier)
    return !isTestCode(testRunner, file) && !configuration.has(file)
  }
}
