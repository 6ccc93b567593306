import { createdEntity } from './entities.ts'
import type { Plan, Problem, Task } from './plan.ts'
import { rememberedWithoutMarks } from './changed-marks.ts'

/** A task without its marks, which may be others now. */
export type UnmarkedTask = Omit<Task, 'markers'>

/** A task at its place in a plan. */
export interface PlacedTask {
  task: UnmarkedTask
  /** Index in the plan's tasks. */
  position: number
  phase: PlacedPhase
}

/** A phase with its tasks, and the tasks that name a file or create an entity. */
export interface PlacedPhase {
  name: string
  tasks: PlacedTask[]
  byFile: Map<string, PlacedTask[]>
  byCreated: Map<string, PlacedTask[]>
}

/** What follows from a plan alone. */
export interface PlanIndex {
  /** Every task of every phase, by id, in file order. */
  tasks: Map<string, PlacedTask>
  phases: PlacedPhase[]
  problemsByTask: Map<string, Problem[]>
}

/** Reads the whole plan once. The work grows linearly with the number of tasks. */
export const indexPlan = rememberedWithoutMarks((plan: Plan): PlanIndex => {
  const positions = new Map(plan.tasks.map((task, at) => [task.id, at]))
  const tasks = new Map<string, PlacedTask>()
  const phases = plan.phases.map(({ name, tasks: ids }): PlacedPhase => {
    const phase: PlacedPhase = { name, tasks: [], byFile: new Map(), byCreated: new Map() }
    phase.tasks = ids.flatMap(id => {
      const position = positions.get(id) ?? -1
      const task = plan.tasks[position]
      return task ? [{ task, position, phase }] : []
    })
    phase.byFile = groupBy(phase.tasks, ({ task }) => filesOf(task))
    phase.byCreated = groupBy(phase.tasks, ({ task }) => [createdEntity(task) ?? []].flat())
    for (const one of phase.tasks) tasks.set(one.task.id, one)
    return phase
  })
  return { tasks, phases, problemsByTask: groupBy(plan.problems, problem => problem.blocks ?? []) }
})

/** Several tasks may work in the same folder; only a file can be changed by one task at a time. */
export function filesOf(task: Pick<Task, 'files'>): string[] {
  return task.files.filter(file => !file.endsWith('/'))
}

export function groupBy<T>(
  all: readonly T[],
  keysOf: (one: T) => readonly string[],
): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    for (const key of keysOf(one)) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [one])
      else group.push(one)
    }
  }
  return groups
}
