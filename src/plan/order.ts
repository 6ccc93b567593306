import type { PlacedTask, UnmarkedTask } from './plan-index.ts'
import type { Plan } from './plan.ts'
import { remembered } from './remembered.ts'
import {
  indexSchedule,
  isTodo,
  type ScheduleIndex,
  type ScheduleState,
  type Wait,
} from './schedule-index.ts'
import { RULES } from './start-rules.ts'

export type { ScheduleState, TaskStatus, Wait } from './schedule-index.ts'

export type StartDecision = { ready: true } | { ready: false; waits: Wait[] }

/** Whether a task may start now, and if not, what it waits for. Throws if the plan has no such task. */
export function mayStart(plan: Plan, id: string, schedule: ScheduleState): StartDecision {
  const index = indexSchedule(schedule, plan)
  const task = index.tasks.get(id)
  if (task === undefined) throw new Error(`The plan has no task ${id}.`)
  return decide(index, task)
}

/** Ids of the tasks that may start now, in file order; [P] tasks that have failed come last. */
export function ready(plan: Plan, schedule: ScheduleState): string[] {
  const free = freeTasks(indexSchedule(schedule, plan)).map(({ task }) => task)
  const isRetry = (task: UnmarkedTask) => task.parallel && schedule.statusOf(task.id).failed
  return [...free.filter(task => !isRetry(task)), ...free.filter(isRetry)].map(({ id }) => id)
}

/** A task that is still to do and cannot start, with what it waits for. */
export interface WaitingTask {
  id: string
  waits: Wait[]
}

/** Every task that is still to do and cannot start. */
export function waiting(plan: Plan, schedule: ScheduleState): WaitingTask[] {
  return [...waitingTasks(indexSchedule(schedule, plan))]
}

/** The first of these tasks, at most `most`, and how many there are in all: to give the reasons of each would take long. */
export function nearestWaiting(
  plan: Plan,
  schedule: ScheduleState,
  most: number,
): { nearest: WaitingTask[]; count: number } {
  const index = indexSchedule(schedule, plan)
  const nearest: WaitingTask[] = []
  for (const one of waitingTasks(index)) {
    if (nearest.length === most) break
    nearest.push(one)
  }
  const free = freeTasks(index).filter(task => openParts(index, task).length === 0)
  return { nearest, count: index.todo.length - free.length }
}

function* waitingTasks(index: ScheduleIndex): Generator<WaitingTask> {
  for (const task of index.todo) {
    const decision = decide(index, task)
    if (!decision.ready) yield { id: task.task.id, waits: decision.waits }
  }
}

/** The tasks that may start now, in file order. */
const freeTasks = remembered((index: ScheduleIndex): PlacedTask[] => {
  const candidates = index.order === 'file' ? nextInPhase(index) : index.todo
  return candidates.filter(task => isTodo(index.statusOf(task)) && isFree(index, task))
})

/** Behind the first unfinished task that is not [P], no task of the phase may start, and none of a later phase. */
function nextInPhase({ phases }: ScheduleIndex): PlacedTask[] {
  const phase = phases.find(({ unfinished }) => unfinished.length > 0)
  if (phase === undefined) return []
  const { unfinished, sequential } = phase
  return sequential === undefined
    ? unfinished
    : unfinished.slice(0, unfinished.indexOf(sequential) + 1)
}

/** Whether a task may start, without listing reasons: much faster for most tasks of a long plan. */
function isFree(index: ScheduleIndex, task: PlacedTask): boolean {
  return RULES[index.order].every(rule => rule(index, task).length === 0)
}

function decide(index: ScheduleIndex, task: PlacedTask): StartDecision {
  if (index.statusOf(task).settled)
    return { ready: false, waits: [{ for: task.task.id, why: 'it is already done' }] }
  const parts = openParts(index, task)
  if (parts.length > 0) return { ready: false, waits: parts }
  const seen = new Set<string>()
  const waits = RULES[index.order]
    .flatMap(rule => rule(index, task))
    .filter(wait => {
      const isNew = !seen.has(wait.for)
      seen.add(wait.for)
      return isNew
    })
  return waits.length === 0 ? { ready: true } : { ready: false, waits }
}

/** Nobody works on a task that only groups others. */
function openParts({ tasks, statusOf }: ScheduleIndex, { task }: PlacedTask): Wait[] {
  return (task.parts ?? []).flatMap(id => {
    const part = tasks.get(id)
    const isOpen = part !== undefined && !statusOf(part).settled
    return isOpen ? [{ for: id, why: `it is a part of ${task.id}` }] : []
  })
}
