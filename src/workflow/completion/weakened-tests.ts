import type { Reverified } from '../../evidence/event-parts.ts'
import type { Task } from '../../plan/plan.ts'
import type { Context } from '../context/context.ts'
import { checkEarlierTests } from '../checkout/earlier-tests.ts'
import { Refusal } from '../context/refusal.ts'

/** Refuses a task that took the bite out of a test that had proven another one; what was looked at goes into the ledger. */
export async function refuseWeakenedTests(context: Context, task: Task): Promise<Reverified[]> {
  const { seen, easy } = await checkEarlierTests(context, 'rewritten', task.id)
  const [first] = easy
  if (!first) return seen
  const more = easy.length > 1 ? ` (and ${easy.length - 1} more)` : ''
  throw new Refusal(
    'tests_changed',
    `"${first.id}" proved ${first.task}, was changed since, and does not fail without the code of ${first.task} any more${more}.`,
    `${task.id} was not marked.`,
    remedy(context, task),
  )
}

function remedy({ call: { frontend } }: Context, task: Task): string {
  if (task.kind !== 'build' && task.kind !== 'cover')
    return 'Put it back as it was: the task that changes that behaviour may change its test.'
  return `Put it back as it was. Where ${task.id} asks for something else, the changed test has to be seen to fail for that: ${frontend.describeStep('record_red', { task: task.id })} with it, the other tests of ${task.id}, and \`late\`.`
}
