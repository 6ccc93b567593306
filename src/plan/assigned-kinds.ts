import type { Kind, Plan, Task } from './plan.ts'
import { idsNamedBy } from './task-range.ts'

/** A setting that assigns a kind to tasks: `T004`, `T001-T005`, or several of these separated by commas. */
export interface KindRule {
  tasks: string
  kind: Kind
}

/** The plan with the kinds that the settings assign; the last rule that names a task wins. */
export function assignKinds(plan: Plan, rules: readonly KindRule[]): Plan {
  if (rules.length === 0) return plan
  const all = plan.tasks.map(({ id }) => id)
  const assigned = new Map(
    rules.flatMap(({ tasks, kind }) =>
      idsNamedBy(tasks, all).ids.map((id): [string, Kind] => [id, kind]),
    ),
  )
  return { ...plan, tasks: plan.tasks.map(task => withKind(task, assigned.get(task.id))) }
}

/** Why a task has the kind that a human assigned in the settings. */
export const SET_BY_HUMAN = 'the settings say so'

function withKind(task: Task, kind: Kind | undefined): Task {
  return kind ? { ...task, kind, kindReason: SET_BY_HUMAN } : task
}
