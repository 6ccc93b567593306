import { entityOf } from './entities.ts'
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
  held?: ReadonlyMap<string, string>
  /** Names of phases that wait for a person's look. */
  closedPhases: readonly string[]
}

export interface Wait {
  /** A task id, a phase's name, or the place of a problem as `path:line`. */
  for: string
  why: string
}

/** A task with where it stands in the plan and in its work. */
export interface Spot {
  task: Task
  /** Index in the plan's tasks. */
  position: number
  status: TaskStatus
}

export interface SurveyedTask extends Spot {
  stretch: Stretch
}

/** One phase, with the little that answers every question about it in constant time. */
export interface Stretch {
  name: string
  /** Its unfinished tasks, in file order. */
  unfinished: Spot[]
  /** The first unfinished task that is not [P]. */
  sequential: Spot | undefined
  /** The first unfinished task that names a file. */
  byFile: Map<string, Spot>
  /** The one unfinished task that makes an entity, by its name. */
  makers: Map<string, Spot>
  /** The nearest reason in an earlier phase why this one has not begun. */
  closedBy: Wait | undefined
}

export interface Survey {
  /** Every task of every phase, in file order. */
  places: Map<string, SurveyedTask>
  /** The tasks that somebody works on. */
  inWork: Task[]
  /** The same by the files that they name. */
  active: Map<string, Task[]>
  problems: Map<string, Problem[]>
  order: 'file' | 'dependencies'
  schedule: ScheduleState
}

/** Looks once through the whole plan, so that each task afterwards costs next to nothing. */
export function surveyOf(plan: Plan, schedule: ScheduleState): Survey {
  const spots = new Map<string, Spot>()
  const active: Task[] = []
  for (const [position, task] of plan.tasks.entries()) {
    const status = schedule.statusOf(task.id)
    spots.set(task.id, { task, position, status })
    if (status.active) active.push(task)
  }
  return {
    places: placesOf(plan.phases, spots, new Set(schedule.closedPhases)),
    order: plan.order ?? 'file',
    schedule,
    inWork: active,
    active: groups(active, filesOf),
    problems: groups(plan.problems, problem => problem.blocks ?? []),
  }
}

function placesOf(
  phases: readonly Phase[],
  spots: ReadonlyMap<string, Spot>,
  closed: ReadonlySet<string>,
): Map<string, SurveyedTask> {
  const places = new Map<string, SurveyedTask>()
  let closedBy: Wait | undefined
  for (const { name, tasks } of phases) {
    const all = tasks.flatMap(id => spots.get(id) ?? [])
    const unfinished = all.filter(({ status }) => !isFinished(status))
    const sequential = unfinished.find(({ task }) => !task.parallel)
    const byFile = firstByFile(unfinished)
    const makers = makersIn(unfinished)
    const stretch = { name, unfinished, sequential, byFile, makers, closedBy }
    for (const { task, position, status } of all)
      places.set(task.id, { task, position, status, stretch })
    closedBy ??= closedAfter(stretch, closed)
  }
  return places
}

function closedAfter(stretch: Stretch, closed: ReadonlySet<string>): Wait | undefined {
  const { name, unfinished } = stretch
  const first = unfinished[0]
  if (first !== undefined) return { for: first.task.id, why: `phase "${name}" comes first` }
  if (closed.has(name)) return { for: name, why: `phase "${name}" waits for a person's look` }
  return undefined
}

function firstByFile(spots: readonly Spot[]): Map<string, Spot> {
  const byFile = new Map<string, Spot>()
  for (const spot of spots)
    for (const file of filesOf(spot.task)) if (!byFile.has(file)) byFile.set(file, spot)
  return byFile
}

/** An entity that two tasks make is left out: nobody can say which of them is meant. */
function makersIn(spots: readonly Spot[]): Map<string, Spot> {
  const makers = groups(spots, ({ task }) => [entityOf(task) ?? []].flat())
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
