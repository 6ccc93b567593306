import type { Phase, Plan, Task } from './plan.ts'
import { countOf } from './format-list.ts'
import { rememberedWithoutMarks } from './changed-marks.ts'

/** Groups of two or more [P] tasks that may run at the same time, each as ids in file order. */
export const batchesOf = rememberedWithoutMarks((plan: Plan): string[][] => {
  // If only dependencies decide the order, neighbouring tasks in the file do not form a group.
  if (plan.order === 'dependencies') return []
  const tasks = new Map(plan.tasks.map(task => [task.id, task]))
  return plan.phases
    .flatMap(phase => parallelRuns(phase, tasks))
    .flatMap(layers)
    .filter(batch => batch.length > 1)
    .map(batch => batch.map(({ id }) => id))
})

/** The batch that a task belongs to, if any. */
export function batchOf(plan: Plan, id: string): string[] | undefined {
  return batchesOf(plan).find(batch => batch.includes(id))
}

/** Formats ids in file order: a range if none is left out, a list of up to six, else the count with the first and the last. */
export function formatIds(plan: Plan, ids: readonly string[]): string {
  const first = ids[0] ?? ''
  const last = ids.at(-1) ?? ''
  const from = plan.tasks.findIndex(({ id }) => id === first)
  const isRange = ids.every((id, at) => plan.tasks[from + at]?.id === id)
  if (isRange && ids.length > 2) return `${first}-${last}`
  return ids.length <= MAX_LISTED
    ? ids.join(', ')
    : `${countOf(ids.length, 'task')} from ${first} to ${last}`
}

/** The runs of [P] tasks between the sequential tasks of a phase. */
function parallelRuns(phase: Phase, tasks: ReadonlyMap<string, Task>): Task[][] {
  const runs: Task[][] = [[]]
  for (const id of phase.tasks) {
    const task = tasks.get(id)
    if (task?.parallel) runs.at(-1)?.push(task)
    else runs.push([])
  }
  return runs
}

/** Divides tasks into layers: first those that wait for none of the others, then the rest in the same way. */
function layers(tasks: readonly Task[]): Task[][] {
  const ids = new Set(tasks.map(({ id }) => id))
  const files = new Set<string>()
  const first: Task[] = []
  const rest: Task[] = []
  for (const task of tasks) {
    const waits = task.dependsOn.some(id => ids.has(id)) || task.files.some(file => files.has(file))
    for (const file of task.files) files.add(file)
    if (waits) rest.push(task)
    else first.push(task)
  }
  return first.length === 0 ? [] : [first, ...layers(rest)]
}

const MAX_LISTED = 6
