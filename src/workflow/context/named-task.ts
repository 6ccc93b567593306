import { formatList } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import { tasksMeantBy } from '../../plan/task-names.ts'
import type { Context } from './context.ts'
import { Refusal } from './refusal.ts'

/** The task with this id. Refuses an id that the plan does not have. */
export function requireTask(context: Context, id: string): Task {
  const task = context.tasks.get(id)
  if (task) return task
  const { tasks } = context.plan
  throw new Refusal(
    'unknown_task',
    `There is no task ${id} in ${context.plan.feature.id}, so nothing was done.`,
    tasks.length === 1
      ? `Its only task is ${tasks[0]?.id}.`
      : `Its tasks are ${tasks[0]?.id} to ${tasks.at(-1)?.id}.`,
    `To get the task that is due, ${context.call.frontend.describeStep('next_task')}.`,
  )
}

/** The task that a caller named, also if the id is spelled differently in the plan. Refuses a name that matches no task, or several. */
export function namedTask(context: Context, name: string): Task {
  if (context.tasks.has(name)) return requireTask(context, name)
  const meant = tasksMeantBy(name, context.plan.tasks)
  const [task, ...others] = meant
  if (others.length === 0) return task ?? requireTask(context, name)
  const ids = meant.map(({ id }) => id)
  throw new Refusal(
    'unknown_task',
    `The name ${name} fits several tasks of ${context.plan.feature.id}, so nothing was done.`,
    `Name one of them by its whole id: ${formatList(ids, MAX_NAMED)}.`,
  )
}

const MAX_NAMED = 5
