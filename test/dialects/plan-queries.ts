import { applyEdits, type Edit } from '../../src/plan/edit.ts'
import type { Plan, Task } from '../../src/plan/plan.ts'

/** The task with this id; throws if it does not exist. */
export function task(plan: Plan, id: string): Task {
  const found = plan.tasks.find(one => one.id === id)
  if (found === undefined) throw new Error(`no task ${id} among ${ids(plan).join(' ')}`)
  return found
}

export function ids(plan: Plan): string[] {
  return plan.tasks.map(({ id }) => id)
}

/** Each task id with the states of its markers. */
export function states(plan: Plan): string[] {
  return plan.tasks.map(({ id, markers }) => `${id} ${markers.map(one => one.state).join('+')}`)
}

/** Applies edits to a text; throws if an edit does not match. */
export function applied(text: string, edits: readonly Edit[]): string {
  const result = applyEdits(text, edits)
  if (result === null) throw new Error('the edits do not match the file')
  return result
}
