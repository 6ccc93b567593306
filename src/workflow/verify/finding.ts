import type { Context } from '../context/context.ts'

/** Something that the evidence does not bear out, with the place where a person looks first. */
export interface Finding {
  path: string
  line: number
  text: string
}

/** A finding about a task, at its place in the plan. */
export function finding(context: Context, id: string, what: string): Finding {
  const task = context.plan.tasks.find(task => task.id === id)
  const place = task?.location ?? { path: context.plan.feature.dir, line: 1 }
  return { ...place, text: `${id} ${what}.` }
}
