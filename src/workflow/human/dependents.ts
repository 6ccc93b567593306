import type { Task } from '../../plan/plan.ts'
import type { Context } from '../context/context.ts'
import { taskStates } from '../context/task-state.ts'

/**
 * Done tasks that build on others: they depend on one of them, directly or through another task, or were finished later and
 * change one of its files.
 */
export function dependentsOf(context: Context, tasks: readonly Task[]): Task[] {
  const ids = new Set(tasks.map(({ id }) => id))
  const reached = new Set(ids)
  let size = 0
  while (size !== reached.size) {
    size = reached.size
    for (const { id, dependsOn } of context.plan.tasks)
      if (dependsOn.some(other => reached.has(other))) reached.add(id)
  }
  const states = taskStates(context)
  const position = (id: string) =>
    context.ledger.events.findLastIndex(event => event.kind === 'done' && event.task === id)
  const isLaterOnFile = (task: Task) =>
    tasks.some(
      one =>
        one.files.some(file => task.files.includes(file)) && position(task.id) > position(one.id),
    )
  return context.plan.tasks.filter(
    task =>
      !ids.has(task.id) &&
      states.get(task.id)?.stage === 'done' &&
      (reached.has(task.id) || isLaterOnFile(task)),
  )
}
