import type { Context } from '../context/context.ts'

/** Something that the evidence does not support, with the place to look at. */
export interface Finding {
  path: string
  line: number
  text: string
}

/** A finding about a task, at the task's place in the plan. `what` completes a sentence that begins with the task's id. */
export function finding(context: Context, id: string, what: string): Finding {
  const task = context.plan.tasks.find(task => task.id === id)
  const location = task?.location ?? { path: context.plan.feature.dir, line: 1 }
  return { ...location, text: `${id} ${what}.` }
}
