import type { Phase, Plan, Problem, Task } from './plan.ts'

/** Where a task stands, as far as the order of work needs to know. */
export interface Standing {
  /** Done by evidence, or waived. */
  settled: boolean
  /** Ticked by hand, unproven. */
  claimed: boolean
  /** Somebody works on it. */
  active: boolean
  failed: boolean
  /** The author deferred or dropped it. */
  other: boolean
}

export interface Situation {
  standing: (id: string) => Standing
  /** The failed sequential task that stops the feature. */
  halted?: { task: string }
  /** Names of phases that wait for a person's look. */
  closedPhases: readonly string[]
}

export interface Wait {
  /** A task id, a phase's name, or the place of a problem as `path:line`. */
  for: string
  why: string
}

export interface Place {
  task: Task
  standing: Standing
  stretch: Stretch
}

/** One phase, with the little that answers every question about it in constant time. */
export interface Stretch {
  phase: Phase
  /** Where in the plan each unfinished task of the phase stands, ascending. */
  unfinished: Task[]
  /** The first unfinished task that is not [P]. */
  sequential: Task | undefined
  /** The first unfinished task that names a file. */
  byFile: Map<string, Task>
  /** The nearest reason in an earlier phase why this one has not begun. */
  closedBy: Wait | undefined
}

export interface Survey {
  places: Map<string, Place>
  positions: Map<string, number>
  active: Map<string, Task[]>
  problems: Map<string, Problem[]>
  situation: Situation
}

export function surveyOf(plan: Plan, situation: Situation): Survey {
  const standings = new Map(plan.tasks.map(task => [task.id, situation.standing(task.id)]))
  const isUnfinished = (id: string) => !isFinished(standings.get(id))
  const stretches = stretchesOf(plan, isUnfinished, new Set(situation.closedPhases))
  const places = new Map<string, Place>()
  for (const task of plan.tasks) {
    const stretch = stretches.get(task.id)
    const standing = standings.get(task.id)
    if (stretch !== undefined && standing !== undefined)
      places.set(task.id, { task, standing, stretch })
  }
  const positions = new Map(plan.tasks.map((task, index) => [task.id, index]))
  const active = plan.tasks.filter(task => standings.get(task.id)?.active === true)
  return {
    places,
    positions,
    situation,
    active: groups(active, task => task.files),
    problems: groups(plan.problems, problem => problem.blocks ?? []),
  }
}

function stretchesOf(
  plan: Plan,
  isUnfinished: (id: string) => boolean,
  closed: ReadonlySet<string>,
): Map<string, Stretch> {
  const tasks = new Map(plan.tasks.map(task => [task.id, task]))
  const stretches = new Map<string, Stretch>()
  let closedBy: Wait | undefined
  for (const phase of plan.phases) {
    const unfinished = phase.tasks.flatMap(id => (isUnfinished(id) ? (tasks.get(id) ?? []) : []))
    const sequential = unfinished.find(task => !task.parallel)
    const stretch = { phase, unfinished, sequential, byFile: firstByFile(unfinished), closedBy }
    for (const id of phase.tasks) stretches.set(id, stretch)
    closedBy ??= closedAfter(stretch, closed)
  }
  return stretches
}

function closedAfter(stretch: Stretch, closed: ReadonlySet<string>): Wait | undefined {
  const { name } = stretch.phase
  const first = stretch.unfinished[0]
  if (first !== undefined) return { for: first.id, why: `phase "${name}" comes first` }
  if (closed.has(name)) return { for: name, why: `phase "${name}" waits for a person's look` }
  return undefined
}

function firstByFile(tasks: readonly Task[]): Map<string, Task> {
  const byFile = new Map<string, Task>()
  for (const task of tasks)
    for (const file of task.files) if (!byFile.has(file)) byFile.set(file, task)
  return byFile
}

function isFinished(standing: Standing | undefined): boolean {
  return standing !== undefined && (standing.settled || standing.claimed || standing.other)
}

export function isTodo(standing: Standing): boolean {
  return !isFinished(standing) && !standing.active
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
