import type { Task } from '../../plan/plan.ts'
import type { Context } from '../context/context.ts'

/** The criteria of the task, and with the first task of a user story also the scenarios of that story. */
export function acceptanceOf(
  { plan, histories }: Context,
  { id, story, acceptance }: Task,
): string[] {
  const scenarios = story === undefined ? [] : (plan.scenarios?.[story] ?? [])
  const isBegun = plan.tasks.some(
    task => task.id !== id && task.story === story && histories.get(task.id)?.start,
  )
  return isBegun ? acceptance : [...acceptance, ...scenarios]
}
