import { createdEntity } from './entities.ts'
import type { Phase, Plan, Problem, Task } from './plan.ts'

/** Where a task stands, as far as the order of work needs to know. */
export interface TaskStatus {
  /** Done by evidence, or waived. */
  settled: boolean
  /** Ticked by hand, unproven. */
  unverified: boolean
  /** Somebody works on it. */
  active: boolean
  failed: boolean
  /** The author deferred or dropped it. */
  other: boolean
}

export interface ScheduleState {
  statusOf: (id: string) => TaskStatus
  /** The failed sequential task that stops the feature. */
  halted?: { task: string }
  /** Files that somebody works on for another feature, with the task that it is for. */
  heldFiles?: ReadonlyMap<string, string>
  /** Names of phases that wait for a person's look. */
  closedPhases: readonly string[]
}

export interface Wait {
  /** A task id, a phase's name, or the place of a problem as `path:line`. */
  for: string
  why: string
}

/** A task with where it stands in the plan and in its work. */
export interface ScheduledTask {
  task: Task
  /** Index in the plan's tasks. */
  position: number
  status: TaskStatus
}

export interface IndexedTask extends ScheduledTask {
  phase: PhaseIndex
}

/** One phase, with the little that answers every question about it in constant time. */
export interface PhaseIndex {
  name: string
  /** Its unfinished tasks, in file order. */
  unfinished: ScheduledTask[]
  /** The first unfinished task that is not [P]. */
  sequential: ScheduledTask | undefined
  /** The first unfinished task that names a file. */
  firstByFile: Map<string, ScheduledTask>
  /** The one unfinished task that makes an entity, by its name. */
  creators: Map<string, ScheduledTask>
  /** The nearest reason in an earlier phase why this one has not begun. */
  closedBy: Wait | undefined
}

export interface ScheduleIndex {
  /** Every task of every phase, in file order. */
  tasks: Map<string, IndexedTask>
  /** The tasks that somebody works on. */
  activeTasks: Task[]
  /** The same by the files that they name. */
  activeByFile: Map<string, Task[]>
  problemsByTask: Map<string, Problem[]>
  order: 'file' | 'dependencies'
  schedule: ScheduleState
}

/** Looks once through the whole plan, so that each task afterwards costs next to nothing. */
export function indexSchedule(plan: Plan, schedule: ScheduleState): ScheduleIndex {
  const spots = new Map<string, ScheduledTask>()
  const active: Task[] = []
  for (const [position, task] of plan.tasks.entries()) {
    const status = schedule.statusOf(task.id)
    spots.set(task.id, { task, position, status })
    if (status.active) active.push(task)
  }
  return {
    tasks: placesOf(plan.phases, spots, new Set(schedule.closedPhases)),
    order: plan.order ?? 'file',
    schedule,
    activeTasks: active,
    activeByFile: groups(active, filesOf),
    problemsByTask: groups(plan.problems, problem => problem.blocks ?? []),
  }
}

function placesOf(
  phases: readonly Phase[],
  spots: ReadonlyMap<string, ScheduledTask>,
  closed: ReadonlySet<string>,
): Map<string, IndexedTask> {
  const places = new Map<string, IndexedTask>()
  let closedBy: Wait | undefined
  for (const { name, tasks } of phases) {
    const all = tasks.flatMap(id => spots.get(id) ?? [])
    const unfinished = all.filter(({ status }) => !isFinished(status))
    const sequential = unfinished.find(({ task }) => !task.parallel)
    const firstByFile = firstTaskByFile(unfinished)
    const creators = creatorsIn(unfinished)
    const stretch = { name, unfinished, sequential, firstByFile, creators, closedBy }
    for (const { task, position, status } of all)
      places.set(task.id, { task, position, status, phase: stretch })
    closedBy ??= closedAfter(stretch, closed)
  }
  return places
}

function closedAfter(stretch: PhaseIndex, closed: ReadonlySet<string>): Wait | undefined {
  const { name, unfinished } = stretch
  const first = unfinished[0]
  if (first !== undefined) return { for: first.task.id, why: `phase "${name}" comes first` }
  if (closed.has(name)) return { for: name, why: `phase "${name}" waits for a person's look` }
  return undefined
}

function firstTaskByFile(spots: readonly ScheduledTask[]): Map<string, ScheduledTask> {
  const byFile = new Map<string, ScheduledTask>()
  for (const spot of spots)
    for (const file of filesOf(spot.task)) if (!byFile.has(file)) byFile.set(file, spot)
  return byFile
}

/** An entity that two tasks make is left out: nobody can say which of them is meant. */
function creatorsIn(spots: readonly ScheduledTask[]): Map<string, ScheduledTask> {
  const makers = groups(spots, ({ task }) => [createdEntity(task) ?? []].flat())
  return new Map(
    [...makers].flatMap(([name, [one, ...more]]) =>
      one && more.length === 0 ? [[name, one] as const] : [],
    ),
  )
}

/** A folder is where tasks work side by side; only a file can be changed by one at a time. */
function filesOf(task: Task): string[] {
  return task.files.filter(file => !file.endsWith('/'))
}

function isFinished(status: TaskStatus): boolean {
  return status.settled || status.unverified || status.other
}

export function isTodo(status: TaskStatus): boolean {
  return !isFinished(status) && !status.active
}

function groups<T>(all: readonly T[], keys: (one: T) => readonly string[]): Map<string, T[]> {
  const grouped = new Map<string, T[]>()
  for (const one of all) {
    for (const key of keys(one)) {
      const group = grouped.get(key)
      if (group === undefined) grouped.set(key, [one])
      else group.push(one)
    }
  }
  return grouped
}
