import type { Task } from '../../plan/plan.ts'
import { wordsOf } from '../../plan/task-words.ts'
import { idsNamedBy } from '../../plan/task-range.ts'
import type { Context } from '../context/context.ts'
import { namedTask, requireTask } from '../context/named-task.ts'
import { Refusal } from '../context/refusal.ts'

/** The tasks that ids and ranges such as `T001-T005` name, in the order of the plan. Refuses unknown ids. */
export function namedTasks(context: Context, names: readonly string[]): Task[] {
  const { tasks } = context.plan
  const { ids, unknown } = idsNamedBy(
    names.join(','),
    tasks.map(({ id }) => id),
  )
  const named = new Set([...ids, ...unknown.map(name => namedTask(context, name).id)])
  return tasks.filter(({ id }) => named.has(id))
}

/** The ids as a phrase for a refusal. */
export function idsOf(tasks: readonly Task[]): string {
  return tasks.map(({ id }) => id).join(', ')
}

/** The current task. Refuses if it is not the task that the human was asked about. */
export function unchangedTask(context: Context, asked: Task): Task {
  const task = requireTask(context, asked.id)
  if (wordsOf(task) === wordsOf(asked)) return task
  throw new Refusal(
    'conflict',
    `${asked.id} was rewritten while a human was asked, so nothing was recorded.`,
    'Run the command again.',
  )
}
