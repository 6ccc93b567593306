import { requiredEntities } from './entities.ts'
import type { PlacedTask, UnmarkedTask } from './plan-index.ts'
import type { ScheduleIndex, TaskStatus, Wait } from './schedule-index.ts'

/** What a task waits for by one of the rules. */
type Rule = (index: ScheduleIndex, task: PlacedTask) => Wait[]

const ALWAYS: readonly Rule[] = [halt, problems, dependencies]

/** If the plan names dependencies, it may list a task before one that it depends on, so the position in the file does not count. */
export const RULES: Record<ScheduleIndex['order'], readonly Rule[]> = {
  file: [...ALWAYS, earlierPhases, activeOnFile, earlierOnFile, earlierEntity, earlierInPhase],
  dependencies: [...ALWAYS, activeOnFile, oneAtATime],
}

function halt(index: ScheduleIndex, { task, position }: PlacedTask): Wait[] {
  const failed = index.tasks.get(index.schedule.halted?.task ?? '')
  if (failed === undefined || failed.task.id === task.id) return []
  // What the failed task builds on may be open again, because a human reopened it.
  const isBefore =
    index.order === 'file' ? position < failed.position : dependsOn(index, failed.task, task.id)
  return isBefore ? [] : [{ for: failed.task.id, why: 'it failed and is not [P]' }]
}

function problems({ problemsByTask }: ScheduleIndex, { task }: PlacedTask): Wait[] {
  const found = problemsByTask.get(task.id) ?? []
  return found.map(({ path, line, text }) => ({ for: `${path}:${line}`, why: text }))
}

function dependencies(index: ScheduleIndex, { task }: PlacedTask): Wait[] {
  const { tasks, statusOf } = index
  return task.dependsOn.flatMap(id => {
    const other = tasks.get(id)
    if (other === undefined || statusOf(other).settled || other.task.optional === true) return []
    // Nobody can prove a group: its parts are what is left to do.
    const parts = openParts(index, other, MAX_LISTED)
    return parts.length === 0
      ? [{ for: id, why: dependencyReason(statusOf(other), other.task) }]
      : parts.map(part => ({ for: part.task.id, why: partReason(statusOf(part), id) }))
  })
}

function dependencyReason({ unverified, other }: TaskStatus, { parts }: UnmarkedTask): string {
  if (unverified) return UNPROVEN
  const isDropped = other && parts === undefined
  return `this task depends on it${isDropped ? ', and the plan drops it' : ''}`
}

function partReason({ unverified }: TaskStatus, group: string): string {
  return unverified ? UNPROVEN : `this task depends on ${group}, and it is a part of that`
}

/** The first parts of a group, and of the groups in it, that it waits for. */
function openParts(index: ScheduleIndex, { task }: PlacedTask, most: number): PlacedTask[] {
  const open: PlacedTask[] = []
  for (const id of task.parts ?? []) {
    if (open.length >= most) break
    const part = index.tasks.get(id)
    if (part === undefined || index.statusOf(part).settled) continue
    if (part.task.parts !== undefined) open.push(...openParts(index, part, most - open.length))
    else if (!index.statusOf(part).other) open.push(part)
  }
  return open
}

const UNPROVEN = 'ticked by hand, not proven'

function earlierPhases({ phaseOf }: ScheduleIndex, task: PlacedTask): Wait[] {
  return [phaseOf(task)?.closedBy ?? []].flat()
}

function activeOnFile({ activeByFile, schedule }: ScheduleIndex, { task }: PlacedTask): Wait[] {
  return task.files.flatMap(file => {
    const others = (activeByFile.get(file) ?? []).filter(other => other.id !== task.id)
    const elsewhere = schedule.heldFiles?.get(file)
    const ids = [...others.map(({ id }) => id), ...(elsewhere === undefined ? [] : [elsewhere])]
    return ids.map(id => ({ for: id, why: `it also changes ${file}` }))
  })
}

function oneAtATime({ activeTasks }: ScheduleIndex, { task }: PlacedTask): Wait[] {
  if (task.parallel) return []
  const others = activeTasks.filter(other => other.id !== task.id)
  return others.map(other => ({
    for: other.id,
    why: 'it is in progress, and this task is not [P]',
  }))
}

function earlierOnFile({ phaseOf }: ScheduleIndex, placed: PlacedTask): Wait[] {
  const { task, position } = placed
  return task.files.flatMap(file => {
    const first = phaseOf(placed)?.firstOnFile(file)
    if (first === undefined || first.position >= position) return []
    return [{ for: first.task.id, why: `it also changes ${file}` }]
  })
}

/** A task waits for the one that creates the entity it is named after, even if the plan marks both as [P]. */
function earlierEntity(index: ScheduleIndex, placed: PlacedTask): Wait[] {
  const { task, position } = placed
  return requiredEntities(task).flatMap(entity => {
    const creator = index.phaseOf(placed)?.creatorOf(entity)
    if (creator === undefined || creator.position >= position) return []
    // The plan's own dependencies win if they say the opposite.
    if (dependsOn(index, creator.task, task.id)) return []
    return [{ for: creator.task.id, why: `it creates ${entity}` }]
  })
}

/** Whether `first` depends on the task `id`, directly or through other tasks. */
function dependsOn({ tasks }: ScheduleIndex, first: UnmarkedTask, id: string): boolean {
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

function earlierInPhase({ phaseOf }: ScheduleIndex, placed: PlacedTask): Wait[] {
  const { task, position } = placed
  const phase = phaseOf(placed)
  const others = (task.parallel ? [phase?.sequential ?? []].flat() : phase?.unfinished) ?? []
  return others
    .slice(0, MAX_LISTED)
    .filter(other => other.position < position)
    .map(other => ({ for: other.task.id, why: earlierReason(other.task) }))
}

function earlierReason(other: UnmarkedTask): string {
  return other.parallel
    ? 'it comes earlier in the phase'
    : 'it comes earlier in the phase and is not [P]'
}

/** How many earlier tasks of the phase are listed as reasons; the others follow from them. */
const MAX_LISTED = 5
