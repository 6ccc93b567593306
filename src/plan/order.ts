import { requiredEntities } from './entities.ts'
import type { Plan, Task } from './plan.ts'
import {
  indexSchedule,
  isTodo,
  type IndexedTask,
  type ScheduleIndex,
  type ScheduleState,
  type Wait,
} from './schedule-index.ts'

export type { ScheduleState, TaskStatus, Wait } from './schedule-index.ts'

export type StartDecision = { ready: true } | { ready: false; waits: Wait[] }

/** Whether a task may start now, and if not, what it waits for. Throws if the plan has no such task. */
export function mayStart(plan: Plan, id: string, schedule: ScheduleState): StartDecision {
  const index = indexSchedule(plan, schedule)
  const task = index.tasks.get(id)
  if (task === undefined) throw new Error(`The plan has no task ${id}.`)
  return decide(index, task)
}

/** Ids of the tasks that may start now, in file order; [P] tasks that have failed come last. */
export function ready(plan: Plan, schedule: ScheduleState): string[] {
  const index = indexSchedule(plan, schedule)
  const startable = [...index.tasks.values()]
    .filter(task => isTodo(task.status) && isFree(index, task))
    .map(({ task }) => task)
  const isRetry = (task: Task) => task.parallel && schedule.statusOf(task.id).failed
  const retries = startable.filter(isRetry)
  return [...startable.filter(task => !isRetry(task)), ...retries].map(({ id }) => id)
}

/** Every task that is still to do and cannot start, with what it waits for. */
export function waiting(plan: Plan, schedule: ScheduleState): { id: string; waits: Wait[] }[] {
  const index = indexSchedule(plan, schedule)
  return [...index.tasks.values()].flatMap(task => {
    if (!isTodo(task.status)) return []
    const decision = decide(index, task)
    return decision.ready ? [] : [{ id: task.task.id, waits: decision.waits }]
  })
}

/** How many earlier tasks of the phase are listed as reasons; the others follow from them. */
const MAX_LISTED = 5

/** Whether a task may start, without listing reasons: much faster for most tasks of a long plan. */
function isFree(index: ScheduleIndex, task: IndexedTask): boolean {
  return RULES[index.order].every(rule => rule(index, task).length === 0)
}

function decide(index: ScheduleIndex, task: IndexedTask): StartDecision {
  if (task.status.settled)
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
function openParts({ tasks }: ScheduleIndex, { task }: IndexedTask): Wait[] {
  return (task.parts ?? []).flatMap(id => {
    const isOpen = tasks.get(id)?.status.settled === false
    return isOpen ? [{ for: id, why: `it is a part of ${task.id}` }] : []
  })
}

type Rule = (index: ScheduleIndex, task: IndexedTask) => Wait[]

const ALWAYS: readonly Rule[] = [halt, problems, dependencies]

/** If the plan names dependencies, it may list a task before one that it depends on, so the position in the file does not count. */
const RULES: Record<ScheduleIndex['order'], readonly Rule[]> = {
  file: [...ALWAYS, earlierPhases, activeOnFile, earlierOnFile, earlierEntity, earlierInPhase],
  dependencies: [...ALWAYS, activeOnFile, oneAtATime],
}

function halt(index: ScheduleIndex, { task, position }: IndexedTask): Wait[] {
  const failed = index.tasks.get(index.schedule.halted?.task ?? '')
  if (failed === undefined || failed.task.id === task.id) return []
  // What the failed task builds on may be open again, because a human reopened it.
  const isBefore =
    index.order === 'file' ? position < failed.position : dependsOn(index, failed.task, task.id)
  return isBefore ? [] : [{ for: failed.task.id, why: 'it failed and is not [P]' }]
}

function problems({ problemsByTask }: ScheduleIndex, { task }: IndexedTask): Wait[] {
  const found = problemsByTask.get(task.id) ?? []
  return found.map(({ path, line, text }) => ({ for: `${path}:${line}`, why: text }))
}

function dependencies({ tasks }: ScheduleIndex, { task }: IndexedTask): Wait[] {
  return task.dependsOn.flatMap(id => {
    const { status, task: other } = tasks.get(id) ?? {}
    if (status === undefined || status.settled || other?.optional === true) return []
    const why = status.unverified ? 'ticked by hand, not proven' : 'this task depends on it'
    return [{ for: id, why }]
  })
}

function earlierPhases(_index: ScheduleIndex, { phase }: IndexedTask): Wait[] {
  return phase.closedBy === undefined ? [] : [phase.closedBy]
}

function activeOnFile({ activeByFile, schedule }: ScheduleIndex, { task }: IndexedTask): Wait[] {
  return task.files.flatMap(file => {
    const others = (activeByFile.get(file) ?? []).filter(other => other.id !== task.id)
    const elsewhere = schedule.heldFiles?.get(file)
    const ids = [...others.map(({ id }) => id), ...(elsewhere === undefined ? [] : [elsewhere])]
    return ids.map(id => ({ for: id, why: `it also changes ${file}` }))
  })
}

function oneAtATime({ activeTasks }: ScheduleIndex, { task }: IndexedTask): Wait[] {
  if (task.parallel) return []
  const others = activeTasks.filter(other => other.id !== task.id)
  return others.map(other => ({
    for: other.id,
    why: 'it is in progress, and this task is not [P]',
  }))
}

function earlierOnFile(_index: ScheduleIndex, { task, position, phase }: IndexedTask): Wait[] {
  return task.files.flatMap(file => {
    const first = phase.firstByFile.get(file)
    if (first === undefined || first.position >= position) return []
    return [{ for: first.task.id, why: `it also changes ${file}` }]
  })
}

/** A task waits for the one that creates the entity it is named after, even if the plan marks both as [P]. */
function earlierEntity(index: ScheduleIndex, { task, position, phase }: IndexedTask): Wait[] {
  return requiredEntities(task).flatMap(entity => {
    const creator = phase.creators.get(entity)
    if (creator === undefined || creator.position >= position) return []
    // The plan's own dependencies win if they say the opposite.
    if (dependsOn(index, creator.task, task.id)) return []
    return [{ for: creator.task.id, why: `it creates ${entity}` }]
  })
}

/** Whether `first` depends on the task `id`, directly or through other tasks. */
function dependsOn({ tasks }: ScheduleIndex, first: Task, id: string): boolean {
  const seen = new Set([first.id])
  const open = [first]
  for (let task = open.pop(); task !== undefined; task = open.pop()) {
    if (task.dependsOn.includes(id)) return true
    for (const dependency of task.dependsOn) {
      const other = tasks.get(dependency)?.task
      if (other === undefined || seen.has(dependency)) continue
      seen.add(dependency)
      open.push(other)
    }
  }
  return false
}

function earlierInPhase(_index: ScheduleIndex, { task, position, phase }: IndexedTask): Wait[] {
  const others = task.parallel ? [phase.sequential ?? []].flat() : phase.unfinished
  return others
    .slice(0, MAX_LISTED)
    .filter(other => other.position < position)
    .map(other => ({ for: other.task.id, why: earlierReason(other.task) }))
}

function earlierReason(other: Task): string {
  return other.parallel
    ? 'it comes earlier in the phase'
    : 'it comes earlier in the phase and is not [P]'
}
