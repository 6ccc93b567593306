import type { Plan, Task } from '../../plan/plan.ts'

/** How many tasks of a set are done, before and after one of them changes. */
export interface DoneCount {
  total: number
  before: number
  after: number
}

/** The count of done tasks among `ids`, before and after `task` is marked done or open. */
export function doneCountOf(
  plan: Plan,
  ids: readonly string[],
  task: Task,
  toDone: boolean,
): DoneCount {
  const wanted = new Set(ids)
  const tasks = plan.tasks.filter(({ id }) => wanted.has(id))
  const before = tasks.filter(isMarkedDone).length
  const after = tasks.filter(one => (one.id === task.id ? toDone : isMarkedDone(one))).length
  return { total: tasks.length, before, after }
}

/** Whether the primary marker of the task says that it is done. */
export function isMarkedDone({ markers }: Pick<Task, 'markers'>): boolean {
  return markers[0]?.state === 'done'
}

/** The new status of a set of tasks: done with its last task, open again if one is reopened; `undefined` if it stays. */
export function statusAfter({ total, before, after }: DoneCount): 'done' | 'open' | undefined {
  if (after === total && before < total) return 'done'
  return before === total && after < total ? 'open' : undefined
}
