import type { Plan, Task } from '../../plan/plan.ts'

/** How many of some tasks are done, before and after one of them changes. */
export interface DoneCount {
  total: number
  before: number
  after: number
}

/** What becomes of the counts when `task` is marked done, or open again. */
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

/** What the file says, by its first word on the task. */
export function isMarkedDone({ markers }: Pick<Task, 'markers'>): boolean {
  return markers[0]?.state === 'done'
}

/** A status above several tasks: done with the last of them, and no longer when one is opened again. */
export function statusAfter({ total, before, after }: DoneCount): 'done' | 'open' | undefined {
  if (after === total && before < total) return 'done'
  return before === total && after < total ? 'open' : undefined
}
