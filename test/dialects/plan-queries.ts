import { applyEdits, type Edit } from '../../src/plan/edit.ts'
import type { Plan, Task } from '../../src/plan/plan.ts'

/** The task that `id` names; a missing one fails the test. */
export function task(plan: Plan, id: string): Task {
  const found = plan.tasks.find(one => one.id === id)
  if (found === undefined) throw new Error(`no task ${id} among ${ids(plan).join(' ')}`)
  return found
}

export function ids(plan: Plan): string[] {
  return plan.tasks.map(({ id }) => id)
}

/** Each task with the states of its marks. */
export function states(plan: Plan): string[] {
  return plan.tasks.map(({ id, markers }) => `${id} ${markers.map(one => one.state).join('+')}`)
}

/** The text after the edits; every edit has to fit. */
export function applied(text: string, edits: readonly Edit[]): string {
  const result = applyEdits(text, edits)
  if (result === null) throw new Error('the file does not say what the edits expect')
  return result
}
