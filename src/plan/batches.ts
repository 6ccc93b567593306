import type { Phase, Plan, Task } from './plan.ts'

/** Groups of two and more [P] tasks that may be in work at the same time, each as ids in file order. */
export function batchesOf(plan: Plan): string[][] {
  // Where the dependencies alone give the order, no stretch of the file belongs together.
  if (plan.order === 'dependencies') return []
  const tasks = new Map(plan.tasks.map(task => [task.id, task]))
  return plan.phases
    .flatMap(phase => stretches(phase, tasks))
    .flatMap(layers)
    .filter(batch => batch.length > 1)
    .map(batch => batch.map(({ id }) => id))
}

/** The batch that a task belongs to, if any. */
export function batchOf(plan: Plan, id: string): string[] | undefined {
  return batchesOf(plan).find(batch => batch.includes(id))
}

/** Ids of tasks in file order as a reader says them: a range where none is left out, few by name, many by their ends. */
export function formatIds(plan: Plan, ids: readonly string[]): string {
  const first = ids[0] ?? ''
  const last = ids.at(-1) ?? ''
  const from = plan.tasks.findIndex(({ id }) => id === first)
  const isRange = ids.every((id, at) => plan.tasks[from + at]?.id === id)
  if (isRange && ids.length > 2) return `${first}-${last}`
  return ids.length <= NAMED ? ids.join(', ') : `${ids.length} tasks from ${first} to ${last}`
}

/** What a phase has between its sequential tasks. */
function stretches(phase: Phase, tasks: ReadonlyMap<string, Task>): Task[][] {
  const all: Task[][] = [[]]
  for (const id of phase.tasks) {
    const task = tasks.get(id)
    if (task?.parallel) all.at(-1)?.push(task)
    else all.push([])
  }
  return all
}

/** Tasks that wait for none of the others come first; what is left is divided in the same way. */
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

const NAMED = 6
