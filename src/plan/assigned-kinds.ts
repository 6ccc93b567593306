import type { Kind, Plan, Task } from './plan.ts'

/** A setting that assigns a kind to tasks: `T004`, `T001-T005`, or several of these separated by commas. */
export interface KindRule {
  tasks: string
  kind: Kind
}

/** The plan with the kinds that the settings assign; the last rule that names a task wins. */
export function assignKinds(plan: Plan, rules: readonly KindRule[]): Plan {
  if (rules.length === 0) return plan
  const positions = new Map(plan.tasks.map((task, index) => [task.id, index]))
  const assigned = new Map<number, Kind>()
  for (const { tasks, kind } of rules) {
    for (const part of tasks.split(',')) {
      for (const index of positionsIn(part.trim(), positions)) assigned.set(index, kind)
    }
  }
  return { ...plan, tasks: plan.tasks.map((task, index) => withKind(task, assigned.get(index))) }
}

function withKind(task: Task, kind: Kind | undefined): Task {
  return kind ? { ...task, kind, kindReason: 'the settings say so' } : task
}

/** The positions that one id or a range names. An id may itself contain a dash, so every dash is tried as the separator. */
function positionsIn(part: string, positions: ReadonlyMap<string, number>): number[] {
  const single = positions.get(part)
  if (single !== undefined) return [single]
  for (const dash of part.matchAll(/\.\.|[-–]/g)) {
    const first = positions.get(part.slice(0, dash.index).trim())
    const last = positions.get(part.slice(dash.index + dash[0].length).trim())
    if (first !== undefined && last !== undefined && first <= last) {
      return Array.from({ length: last - first + 1 }, (_, offset) => first + offset)
    }
  }
  return []
}
