import { formatList } from '../../plan/format-list.ts'
import { capitalize } from '../context/capitalize.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import type { StartedTask } from '../guards/require-stage.ts'
import { checkMutations } from '../mutation/mutation-check.ts'
import { describeWeakTests } from '../response/mutation-notes.ts'

/** Refuses a task whose tests pass with any code. */
export async function refuseWeakTests(context: Context, { task }: StartedTask): Promise<void> {
  if (!context.settings.bite) return
  const { histories } = await checkMutations(context, task)
  const { mutation, green } = histories.get(task.id) ?? {}
  if (mutation?.verdict !== 'weak') return
  const { frontend } = context.call
  const step = capitalize(frontend.describeStep('mark_complete', { task: task.id }))
  throw new Refusal(
    'weak_tests',
    `The tests of ${task.id} do not notice what its code does. ${describeWeakTests(mutation)}`,
    `${task.id} was not marked. Change the test in ${formatList(Object.keys(green?.files ?? {}), 2)}.`,
    `${step} again: the server itself runs the changed test without the new code and with it.`,
    `If no test can notice it, ask a human to waive the task with \`redgreen waive ${task.id} --reason …\`.`,
  )
}
