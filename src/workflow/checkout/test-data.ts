import type { EventOf } from '../../evidence/event.ts'
import { judgeGreen } from '../../evidence/verdict.ts'
import { formatList } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import { testDataSince } from '../guards/nothing-new.ts'
import { storedSnapshot } from '../testing/snapshots.ts'
import { runTestsAt } from '../testing/test-run.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import { inCheckoutIfAvailable } from './checkout.ts'

/**
 * Refuses a GREEN whose tests pass without the new code, once the data that only tests read is there. In that case the RED failed because
 * the data was missing, and the code did not make the tests pass.
 */
export async function refuseDataAlone(
  context: Context,
  task: Task,
  testRunner: TestRunner,
  red: EventOf<'red'>,
): Promise<void> {
  const snapshot = storedSnapshot(red)
  // A retroactive RED ran without existing code, so its sources are not the ones that the work started from.
  if (!snapshot || red.checkout === 'late' || task.kind === 'cover') return
  const data = await testDataSince(context, task, testRunner, red)
  if (data.length === 0) return
  context.call.note('running the tests on the sources of the RED with the new test data')
  const { names } = red
  const files = Object.keys(red.files)
  const result = await inCheckoutIfAvailable(
    context,
    snapshot,
    file => data.includes(file),
    ({ root }) => runTestsAt(context, testRunner, root, { files, names }),
  )
  if (!result || judgeGreen(result.outcome, red.tests).proves === 'nothing') return
  throw new Refusal(
    'nothing_changed',
    `With ${formatList(data, 3)} alone, which only tests read, the tests pass on the sources of the RED of ${task.id}, so they do not need its code.`,
    `Nothing was recorded. Write a test that needs the new behaviour, then ${context.call.frontend.describeStep('record_red', { task: task.id })} with the data in place and without the code.`,
  )
}
