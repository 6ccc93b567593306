import { isDropped } from './dropped-task.ts'
import { marksSince } from './changed-marks.ts'
import type { Kind, Plan, Task } from './plan.ts'
import { dividedDescription } from './groups.ts'
import { remembered, rememberedPair } from './remembered.ts'
import { sameWords } from './same-words.ts'

/** What a plan asked for in one task, without its mark. */
export interface RecordedTask {
  id: string
  title: string
  description: string
  kind: Kind
  files: string[]
  acceptance: string[]
  /** The author deferred or dropped it, or made it optional. */
  dropped: boolean
  /** Ids of the sub-tasks that it only groups. Absent in records of earlier versions. */
  parts?: string[] | undefined
}

/** A difference that makes the plan ask for less, or for something else. New tasks and criteria are none. */
export interface PlanChange {
  /** Id in the earlier plan; absent for a validation step and for a criterion of the specification. */
  task?: string
  /** A clause, such as `T002 "push" is gone`. */
  text: string
}

/** What the tasks of a plan ask for. The same list as before if only marks changed that ask for the same. */
export const recordedTasks = remembered((plan: Plan): RecordedTask[] => {
  const since = marksSince(plan)
  const isSame = since?.tasks.every(
    ({ before, now }) => recordedTask(before).dropped === recordedTask(now).dropped,
  )
  return since && isSame ? recordedTasks(since.plan) : plan.tasks.map(recordedTask)
})

/** A mark changes one task of a plan: the others are recorded once. */
const recordedTask = remembered((task: Task): RecordedTask => {
  const { id, title, description = '', kind, files, acceptance, markers, optional, parts } = task
  const dropped = isDropped({ markers }) || optional === true
  return { id, title, description, kind, files, acceptance, dropped, ...(parts && { parts }) }
})

/** What the tasks of two plans have in common. */
interface TaskComparison {
  changes: readonly PlanChange[]
  /** The id that an earlier task has now. */
  currentId: (id: string) => string | undefined
}

/** Compares what the tasks of an earlier plan and of the current one ask for. */
export const compareTasks = rememberedPair(
  (before: readonly RecordedTask[], now: readonly RecordedTask[]): TaskComparison => {
    const byId = new Map(now.map(task => [task.id, task]))
    // Most tasks are as they were, which is seen without a look at their words.
    const others = before.filter(task => !isUnchanged(task, byId.get(task.id)))
    const moved = movedTasks(others, now, byId)
    const nowAt = (id: string) => moved.get(id) ?? byId.get(id)
    const known = new Set(before.map(({ title }) => title))
    const addedParts = (group: RecordedTask) =>
      leavesOf(group, byId).filter(({ title }) => !known.has(title))
    return {
      changes: others.flatMap(task => taskChanges(task, nowAt(task.id), addedParts)),
      currentId: id => nowAt(id)?.id,
    }
  },
)

/** Do the words and files of a task ask for the same as before? */
export function asksTheSame(
  before: Pick<RecordedTask, 'title'> & { files?: readonly string[] },
  task: Pick<Task, 'title' | 'files'>,
): boolean {
  return filesLost(before, task).length === 0 && sameWords(before.title, task.title)
}

function filesLost({ files = [] }: { files?: readonly string[] }, now: Pick<Task, 'files'>) {
  return files.filter(file => !now.files.some(other => isSameFile(file, other)))
}

/** A path may be given from the workspace, or from the project in it that the plan belongs to. */
function isSameFile(one: string, other: string): boolean {
  return one === other || one.endsWith(`/${other}`) || other.endsWith(`/${one}`)
}

function isUnchanged(before: RecordedTask, now: RecordedTask | undefined): boolean {
  return (
    now !== undefined &&
    before.title === now.title &&
    before.description === now.description &&
    before.kind === now.kind &&
    before.dropped === now.dropped &&
    areEqual(before.files, now.files) &&
    areEqual(before.acceptance, now.acceptance)
  )
}

function areEqual(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one, at) => one === others[at])
}

/** Tasks that have another id now because lines were inserted or renumbered, by their earlier id. */
function movedTasks(
  before: readonly RecordedTask[],
  now: readonly RecordedTask[],
  byId: ReadonlyMap<string, RecordedTask>,
): Map<string, RecordedTask> {
  const lost = before.filter(task => {
    const same = byId.get(task.id)
    return !same || !asksTheSame(task, same)
  })
  if (lost.length === 0) return new Map()
  const byTitle = grouped(now, task => task.title)
  return new Map(
    lost.flatMap(task => {
      const [only, ...more] = byTitle.get(task.title) ?? []
      return only && more.length === 0 ? [[task.id, only] as const] : []
    }),
  )
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

/** The sub-tasks of a task, and those of its sub-tasks, that somebody works on. */
function leavesOf(
  { parts = [] }: RecordedTask,
  byId: ReadonlyMap<string, RecordedTask>,
): RecordedTask[] {
  return parts.flatMap(id => {
    const part = byId.get(id)
    return part?.parts ? leavesOf(part, byId) : (part ?? [])
  })
}

/** Kinds of new sub-tasks of which one has to be there if a task of a kind is divided: they prove as much as it did. */
const NO_LESS: Record<Kind, readonly Kind[]> = {
  build: ['build'],
  test: ['test', 'build', 'cover'],
  cover: ['cover', 'test', 'build'],
  refactor: ['refactor', 'build'],
  check: ['check', 'build', 'test', 'cover', 'refactor', 'person'],
  person: ['person'],
}

function taskChanges(
  before: RecordedTask,
  now: RecordedTask | undefined,
  addedParts: (group: RecordedTask) => readonly RecordedTask[],
): PlanChange[] {
  const name = `${before.id} "${before.title}"`
  const criteria = new Set(now?.acceptance)
  const change = (text: string) => [{ task: before.id, text: `${name} ${text}` }]
  if (!now) return change('is gone')
  if (now.dropped && !before.dropped) return change('was dropped or deferred')
  if (!sameWords(before.title, now.title)) return change(`says "${now.title}" now`)
  const [lost] = filesLost(before, now)
  if (lost !== undefined) return change(`no longer names ${lost}`)
  return [
    ...(before.kind === now.kind ||
    addedParts(now).some(({ kind, dropped }) => !dropped && NO_LESS[before.kind].includes(kind))
      ? []
      : change(`was a ${before.kind} task and is a ${now.kind} task`)),
    ...(sameWords(before.description, now.description) || isExtended(before, now)
      ? []
      : change('has another description')),
    ...before.acceptance
      // Most criteria are unchanged, and comparing words with all others would take long in a long list.
      .filter(criterion => !criteria.has(criterion))
      .filter(criterion => !now.acceptance.some(other => sameWords(criterion, other)))
      .flatMap(criterion => change(`lost or changed the criterion "${criterion}"`)),
  ]
}

/** More words may be added at the end, and at the end of what the group says. */
function isExtended(before: RecordedTask, now: RecordedTask): boolean {
  const [earlier, current] = [before, now].map(({ description }) => dividedDescription(description))
  return (
    current !== undefined &&
    current.own.startsWith(earlier?.own ?? '') &&
    current.around.startsWith(earlier?.around ?? '')
  )
}
