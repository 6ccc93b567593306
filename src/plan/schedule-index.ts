import {
  filesOf,
  groupBy,
  indexPlan,
  type PlacedPhase,
  type PlacedTask,
  type PlanIndex,
} from './plan-index.ts'
import type { Plan, Task } from './plan.ts'
import { rememberedPair } from './remembered.ts'

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

/** Lookups for one phase, so that each question about it takes constant time. */
export interface PhaseIndex {
  name: string
  /** Its unfinished tasks, in file order. */
  unfinished: PlacedTask[]
  /** The first unfinished task that is not [P]. */
  sequential: PlacedTask | undefined
  /** The first unfinished task that names a file. */
  firstOnFile: (file: string) => PlacedTask | undefined
  /** The one unfinished task that creates an entity. */
  creatorOf: (entity: string) => PlacedTask | undefined
  /** The first reason in an earlier phase why this phase has not begun. */
  closedBy: Wait | undefined
}

export interface ScheduleIndex extends Pick<PlanIndex, 'tasks' | 'problemsByTask'> {
  statusOf: (task: PlacedTask) => TaskStatus
  /** In file order. */
  phases: PhaseIndex[]
  phaseOf: (task: PlacedTask) => PhaseIndex | undefined
  /** The tasks that wait for nobody's work, in file order. */
  todo: PlacedTask[]
  activeTasks: Task[]
  /** The active tasks by the files that they name. */
  activeByFile: Map<string, Task[]>
  order: 'file' | 'dependencies'
  schedule: ScheduleState
}

/** Reads the whole plan once. The work grows linearly with the number of tasks. */
export const indexSchedule = rememberedPair(
  (schedule: ScheduleState, plan: Plan): ScheduleIndex => {
    const { tasks, phases: placed, problemsByTask } = indexPlan(plan)
    const statuses = plan.tasks.map(({ id }) => schedule.statusOf(id))
    const statusOf = ({ position, task }: PlacedTask) =>
      statuses[position] ?? schedule.statusOf(task.id)
    const activeTasks = plan.tasks.filter((_task, at) => statuses[at]?.active)
    const phases = indexPhases(placed, statusOf, new Set(schedule.closedPhases))
    const byPlace = new Map(placed.map((phase, at) => [phase, phases[at]]))
    return {
      tasks,
      problemsByTask,
      statusOf,
      phases,
      phaseOf: ({ phase }) => byPlace.get(phase),
      todo: [...tasks.values()].filter(task => isTodo(statusOf(task))),
      activeTasks,
      activeByFile: groupBy(activeTasks, filesOf),
      order: plan.order ?? 'file',
      schedule,
    }
  },
)

function indexPhases(
  placed: readonly PlacedPhase[],
  statusOf: (task: PlacedTask) => TaskStatus,
  closed: ReadonlySet<string>,
): PhaseIndex[] {
  const isOpen = (task: PlacedTask) => !isFinished(statusOf(task))
  let closedBy: Wait | undefined
  return placed.map(({ name, tasks, byFile, byCreated }) => {
    const unfinished = tasks.filter(isOpen)
    const phase: PhaseIndex = {
      name,
      unfinished,
      sequential: unfinished.find(({ task }) => !task.parallel),
      firstOnFile: memo(file => byFile.get(file)?.find(isOpen)),
      creatorOf: memo(entity => only(byCreated.get(entity)?.filter(isOpen) ?? [])),
      closedBy,
    }
    closedBy ??= closedAfter(phase, closed)
    return phase
  })
}

/** An entity that two tasks create is left out, because it is ambiguous which one is meant. */
function only(creators: readonly PlacedTask[]): PlacedTask | undefined {
  return creators.length === 1 ? creators[0] : undefined
}

/** Answers each question once. */
function memo<Value>(answer: (name: string) => Value): (name: string) => Value {
  const known = new Map<string, { value: Value }>()
  return name => {
    const { value } = known.get(name) ?? { value: answer(name) }
    known.set(name, { value })
    return value
  }
}

function closedAfter(phase: PhaseIndex, closed: ReadonlySet<string>): Wait | undefined {
  const { name, unfinished } = phase
  const first = unfinished[0]
  if (first !== undefined) return { for: first.task.id, why: `phase "${name}" comes first` }
  if (closed.has(name)) return { for: name, why: `a human has to confirm phase "${name}"` }
  return undefined
}

function isFinished(status: TaskStatus): boolean {
  return status.settled || status.unverified || status.other
}

export function isTodo(status: TaskStatus): boolean {
  return !isFinished(status) && !status.active
}
