import type { Desk } from '../context/context.ts'

/** Something that the evidence does not bear out, with the place where a person looks first. */
export interface Finding {
  path: string
  line: number
  text: string
}

/** A finding about a task, at its place in the plan. */
export function finding(desk: Desk, id: string, what: string): Finding {
  const task = desk.plan.tasks.find(task => task.id === id)
  const place = task?.location ?? { path: desk.plan.feature.dir, line: 1 }
  return { ...place, text: `${id} ${what}.` }
}
