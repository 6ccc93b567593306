import { requiredEntities } from './entities.ts'
import type { Plan, Task } from './plan.ts'
import {
  isTodo,
  indexSchedule,
  type IndexedTask,
  type ScheduleState,
  type ScheduleIndex,
  type Wait,
} from './schedule-index.ts'

export type { ScheduleState, TaskStatus, Wait } from './schedule-index.ts'

export type StartDecision = { ready: true } | { ready: false; waits: Wait[] }

/** May this task start now, and if not, what does it wait for? */
export function mayStart(plan: Plan, id: string, schedule: ScheduleState): StartDecision {
  const survey = indexSchedule(plan, schedule)
  const place = survey.tasks.get(id)
  if (place === undefined) throw new Error(`The plan has no task ${id}.`)
  return startOf(survey, place)
}

/** Ids of the tasks that may start now, in file order; parallel ones that failed before come last. */
export function ready(plan: Plan, schedule: ScheduleState): string[] {
  const survey = indexSchedule(plan, schedule)
  const startable = [...survey.tasks.values()]
    .filter(place => isTodo(place.status) && isFree(survey, place))
    .map(place => place.task)
  const again = (task: Task) => task.parallel && schedule.statusOf(task.id).failed
  return [...startable.filter(task => !again(task)), ...startable.filter(task => again(task))].map(
    task => task.id,
  )
}

/** Every task that is still to do and cannot start, with what it waits for. */
export function waiting(plan: Plan, schedule: ScheduleState): { id: string; waits: Wait[] }[] {
  const survey = indexSchedule(plan, schedule)
  return [...survey.tasks.values()].flatMap(place => {
    if (!isTodo(place.status)) return []
    const start = startOf(survey, place)
    return start.ready ? [] : [{ id: place.task.id, waits: start.waits }]
  })
}

/** How many earlier tasks of the phase are named; the rest follow from them. */
const NAMED = 5

/** The same answer as `startOf` without the reasons, and so much quicker for most of a long plan. */
function isFree(survey: ScheduleIndex, place: IndexedTask): boolean {
  return RULES[survey.order].every(rule => rule(survey, place).length === 0)
}

function startOf(survey: ScheduleIndex, place: IndexedTask): StartDecision {
  if (place.status.settled)
    return { ready: false, waits: [{ for: place.task.id, why: 'it is done' }] }
  const seen = new Set<string>()
  const waits = RULES[survey.order]
    .flatMap(rule => rule(survey, place))
    .filter(wait => {
      const isNew = !seen.has(wait.for)
      seen.add(wait.for)
      return isNew
    })
  return waits.length === 0 ? { ready: true } : { ready: false, waits }
}

type Rule = (survey: ScheduleIndex, place: IndexedTask) => Wait[]

const ALWAYS: readonly Rule[] = [halt, problems, dependencies]

/** A plan that names dependencies may list a task before one that it waits for: then its place says nothing. */
const RULES: Record<ScheduleIndex['order'], readonly Rule[]> = {
  file: [...ALWAYS, earlierPhases, sameFileInWork, sameFileEarlier, entityEarlier, earlierInPhase],
  dependencies: [...ALWAYS, sameFileInWork, oneAtATime],
}

function halt({ schedule }: ScheduleIndex, { task }: IndexedTask): Wait[] {
  const failed = schedule.halted?.task
  if (failed === undefined || failed === task.id) return []
  return [{ for: failed, why: 'it failed and is not [P]' }]
}

function problems(survey: ScheduleIndex, { task }: IndexedTask): Wait[] {
  const found = survey.problemsByTask.get(task.id) ?? []
  return found.map(({ path, line, text }) => ({ for: `${path}:${line}`, why: text }))
}

function dependencies(survey: ScheduleIndex, { task }: IndexedTask): Wait[] {
  return task.dependsOn.flatMap(id => {
    const status = survey.tasks.get(id)?.status
    if (status === undefined || status.settled) return []
    return [{ for: id, why: status.unverified ? 'ticked by hand, not proven' : 'it depends on it' }]
  })
}

function earlierPhases(_survey: ScheduleIndex, { phase: stretch }: IndexedTask): Wait[] {
  return stretch.closedBy === undefined ? [] : [stretch.closedBy]
}

function sameFileInWork(survey: ScheduleIndex, { task }: IndexedTask): Wait[] {
  return task.files.flatMap(file => {
    const others = (survey.activeByFile.get(file) ?? []).filter(other => other.id !== task.id)
    const held = survey.schedule.heldFiles?.get(file)
    const ids = [...others.map(({ id }) => id), ...(held === undefined ? [] : [held])]
    return ids.map(id => ({ for: id, why: `it changes ${file} too` }))
  })
}

function oneAtATime({ activeTasks: inWork }: ScheduleIndex, { task }: IndexedTask): Wait[] {
  if (task.parallel) return []
  const others = inWork.filter(other => other.id !== task.id)
  return others.map(other => ({ for: other.id, why: 'it is in work, and they are not [P]' }))
}

function sameFileEarlier(
  _survey: ScheduleIndex,
  { task, position, phase: stretch }: IndexedTask,
): Wait[] {
  return task.files.flatMap(file => {
    const first = stretch.firstByFile.get(file)
    if (first === undefined || first.position >= position) return []
    return [{ for: first.task.id, why: `it changes ${file} too` }]
  })
}

/** What is named after an entity needs it, also where the plan calls both [P]. */
function entityEarlier(
  survey: ScheduleIndex,
  { task, position, phase: stretch }: IndexedTask,
): Wait[] {
  return requiredEntities(task).flatMap(entity => {
    const maker = stretch.creators.get(entity)
    if (maker === undefined || maker.position >= position) return []
    // Where the plan itself says that it is the other way round, the plan is right.
    if (waitsFor(survey, maker.task, task.id)) return []
    return [{ for: maker.task.id, why: `it makes ${entity}` }]
  })
}

/** Does the plan say so, be it by way of others? */
function waitsFor({ tasks: places }: ScheduleIndex, first: Task, id: string): boolean {
  const seen = new Set([first.id])
  const open = [first]
  for (let task = open.pop(); task !== undefined; task = open.pop()) {
    if (task.dependsOn.includes(id)) return true
    for (const next of task.dependsOn) {
      const other = places.get(next)?.task
      if (other === undefined || seen.has(next)) continue
      seen.add(next)
      open.push(other)
    }
  }
  return false
}

function earlierInPhase(
  _survey: ScheduleIndex,
  { task, position, phase: stretch }: IndexedTask,
): Wait[] {
  const others = task.parallel ? [stretch.sequential ?? []].flat() : stretch.unfinished
  return others
    .slice(0, NAMED)
    .filter(other => other.position < position)
    .map(other => ({ for: other.task.id, why: earlierReason(other.task) }))
}

function earlierReason(other: Task): string {
  return other.parallel ? 'it stands earlier' : 'it stands earlier and is not [P]'
}
