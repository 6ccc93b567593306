import type { Reverified } from '../../evidence/event-parts.ts'
import { formatList } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import type { Context } from '../context/context.ts'
import { checkEarlierTests } from '../checkout/earlier-tests.ts'
import { Refusal } from '../context/refusal.ts'

/** Refuses a task that weakened a test of another task. Returns the changed tests that were checked, for the ledger. */
export async function refuseWeakenedTests(context: Context, task: Task): Promise<Reverified[]> {
  const { reverified, weakened } = await checkEarlierTests(context, 'rewritten', task.id)
  if (weakened.length === 0) return reverified
  const tests = weakened.map(({ task, id }) => `${task} "${id}"`)
  throw new Refusal(
    'tests_changed',
    `Tests of earlier tasks were changed and now pass without the code of their task: ${formatList(tests, 1)}.`,
    `${task.id} was not marked.`,
    remedy(context, task),
  )
}

function remedy({ call: { frontend } }: Context, task: Task): string {
  if (task.kind !== 'build' && task.kind !== 'cover')
    return 'Restore it: only the task that changes that behaviour may change its test.'
  return `Restore it. If ${task.id} changes that behaviour, the server must see the changed test fail without the new code: ${frontend.describeStep('record_red', { task: task.id, late: true })}, with this test and the other tests of ${task.id}.`
}
