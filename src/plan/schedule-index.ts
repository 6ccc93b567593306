import { createdEntity } from './entities.ts'
import type { Phase, Plan, Problem, Task } from './plan.ts'

/** The status of a task, as far as scheduling needs it. */
export interface TaskStatus {
  /** Done by evidence, or waived. */
  settled: boolean
  /** Ticked by hand, unproven. */
  unverified: boolean
  /** An agent is working on it. */
  active: boolean
  failed: boolean
  /** Nothing waits for it: the author deferred or dropped it, it is optional, or it only groups other tasks. */
  other: boolean
}

export interface ScheduleState {
  statusOf: (id: string) => TaskStatus
  /** The failed sequential task that stops the feature. */
  halted?: { task: string }
  /** Files that a task of another feature is changing now, with that task. */
  heldFiles?: ReadonlyMap<string, string>
  /** Names of finished phases that a human has to confirm. */
  closedPhases: readonly string[]
}

export interface Wait {
  /** A task id, the name of a phase, or the location of a problem as `path:line`. */
  for: string
  why: string
}

/** A task with its position and status. */
export interface ScheduledTask {
  task: Task
  /** Index in the plan's tasks. */
  position: number
  status: TaskStatus
}

export interface IndexedTask extends ScheduledTask {
  phase: PhaseIndex
}

/** Lookups for one phase, so that each question about it takes constant time. */
export interface PhaseIndex {
  name: string
  /** Its unfinished tasks, in file order. */
  unfinished: ScheduledTask[]
  /** The first unfinished task that is not [P]. */
  sequential: ScheduledTask | undefined
  /** The first unfinished task that names a file, by the file. */
  firstByFile: Map<string, ScheduledTask>
  /** The one unfinished task that creates an entity, by the entity's name. */
  creators: Map<string, ScheduledTask>
  /** The first reason in an earlier phase why this phase has not begun. */
  closedBy: Wait | undefined
}

export interface ScheduleIndex {
  /** Every task of every phase, by id, in file order. */
  tasks: Map<string, IndexedTask>
  activeTasks: Task[]
  /** The active tasks by the files that they name. */
  activeByFile: Map<string, Task[]>
  problemsByTask: Map<string, Problem[]>
  order: 'file' | 'dependencies'
  schedule: ScheduleState
}

/** Reads the whole plan once. The work grows linearly with the number of tasks. */
export function indexSchedule(plan: Plan, schedule: ScheduleState): ScheduleIndex {
  const scheduled = new Map<string, ScheduledTask>()
  const activeTasks: Task[] = []
  for (const [position, task] of plan.tasks.entries()) {
    const status = schedule.statusOf(task.id)
    scheduled.set(task.id, { task, position, status })
    if (status.active) activeTasks.push(task)
  }
  return {
    tasks: indexTasks(plan.phases, scheduled, new Set(schedule.closedPhases)),
    order: plan.order ?? 'file',
    schedule,
    activeTasks,
    activeByFile: groupBy(activeTasks, filesOf),
    problemsByTask: groupBy(plan.problems, problem => problem.blocks ?? []),
  }
}

function indexTasks(
  phases: readonly Phase[],
  scheduled: ReadonlyMap<string, ScheduledTask>,
  closed: ReadonlySet<string>,
): Map<string, IndexedTask> {
  const indexed = new Map<string, IndexedTask>()
  let closedBy: Wait | undefined
  for (const { name, tasks } of phases) {
    const all = tasks.flatMap(id => scheduled.get(id) ?? [])
    const unfinished = all.filter(({ status }) => !isFinished(status))
    const sequential = unfinished.find(({ task }) => !task.parallel)
    const firstByFile = firstTaskByFile(unfinished)
    const creators = creatorsIn(unfinished)
    const phase = { name, unfinished, sequential, firstByFile, creators, closedBy }
    for (const { task, position, status } of all)
      indexed.set(task.id, { task, position, status, phase })
    closedBy ??= closedAfter(phase, closed)
  }
  return indexed
}

function closedAfter(phase: PhaseIndex, closed: ReadonlySet<string>): Wait | undefined {
  const { name, unfinished } = phase
  const first = unfinished[0]
  if (first !== undefined) return { for: first.task.id, why: `phase "${name}" comes first` }
  if (closed.has(name)) return { for: name, why: `a human has to confirm phase "${name}"` }
  return undefined
}

function firstTaskByFile(tasks: readonly ScheduledTask[]): Map<string, ScheduledTask> {
  const first = new Map<string, ScheduledTask>()
  for (const one of tasks)
    for (const file of filesOf(one.task)) if (!first.has(file)) first.set(file, one)
  return first
}

/** An entity that two tasks create is left out, because it is ambiguous which one is meant. */
function creatorsIn(tasks: readonly ScheduledTask[]): Map<string, ScheduledTask> {
  const creators = groupBy(tasks, ({ task }) => [createdEntity(task) ?? []].flat())
  return new Map(
    [...creators].flatMap(([name, [one, ...more]]) =>
      one && more.length === 0 ? [[name, one] as const] : [],
    ),
  )
}

/** Several tasks may work in the same folder; only a file can be changed by one task at a time. */
function filesOf(task: Task): string[] {
  return task.files.filter(file => !file.endsWith('/'))
}

function isFinished(status: TaskStatus): boolean {
  return status.settled || status.unverified || status.other
}

export function isTodo(status: TaskStatus): boolean {
  return !isFinished(status) && !status.active
}

function groupBy<T>(all: readonly T[], keysOf: (one: T) => readonly string[]): Map<string, T[]> {
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
