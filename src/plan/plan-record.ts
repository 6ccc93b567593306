import type { Application, Endpoint } from './application.ts'
import { formatRequest } from './application.ts'
import type { Kind, Phase, Plan, Task } from './plan.ts'
import { sameWords } from './same-words.ts'

/** What a plan asked for at one moment, without its marks: enough to see later what is gone from it or asks for less. */
export interface PlanRecord {
  tasks: RecordedTask[]
  /** The criteria of the specification. Absent in records of earlier versions. */
  criteria?: string[] | undefined
  /** The phases that a human reviews at their end, with their tasks. Absent in records of earlier versions. */
  reviews?: Review[] | undefined
  /** The steps that validate the application, a line each. */
  validation: string[]
}

interface Review {
  phase: string
  /** Ids. */
  tasks: string[]
}

export interface RecordedTask {
  id: string
  title: string
  description: string
  kind: Kind
  files: string[]
  acceptance: string[]
  /** The author deferred or dropped it, or made it optional. */
  dropped: boolean
}

/** A difference that makes the plan ask for less, or for something else. New tasks and criteria are none. */
export interface PlanChange {
  /** Id in the earlier plan; absent for a validation step and for a criterion of the specification. */
  task?: string
  /** A clause, such as `T002 "push" is gone`. */
  text: string
}

/** What the plan asks for now. */
export function planRecord(
  plan: Plan,
  application: Application | undefined,
  criteria: readonly string[] = [],
  isReviewed: (phase: Phase) => boolean = () => false,
): PlanRecord {
  const reviewed = plan.phases.filter(isReviewed)
  return {
    tasks: plan.tasks.map(recordedTask),
    criteria: [...criteria],
    ...(reviewed.length > 0 && {
      reviews: reviewed.map(({ name, tasks }) => ({ phase: name, tasks })),
    }),
    validation: application ? validationSteps(application) : [],
  }
}

/** What the plan asked for earlier and does not ask for now. */
export function planChanges(before: PlanRecord, now: PlanRecord): PlanChange[] {
  const byId = new Map(now.tasks.map(task => [task.id, task]))
  const moved = movedTasks(before, now)
  const steps = new Set(now.validation)
  return [
    ...before.tasks.flatMap(task => taskChanges(task, moved.get(task.id) ?? byId.get(task.id))),
    ...reviewChanges(
      before.reviews ?? [],
      now.reviews ?? [],
      id => (moved.get(id) ?? byId.get(id))?.id,
    ),
    ...criteriaChanges(before.criteria ?? [], now.criteria ?? []),
    ...before.validation
      .filter(step => !steps.has(step))
      .map(step => ({ text: `the validation step "${step}" is gone or changed` })),
  ]
}

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

function recordedTask(task: Task): RecordedTask {
  const { id, title, description = '', kind, files, acceptance, markers, optional } = task
  const dropped = markers[0]?.state === 'other' || optional === true
  return { id, title, description, kind, files, acceptance, dropped }
}

/** Tasks that have another id now because lines were inserted or renumbered, by their earlier id. */
function movedTasks(before: PlanRecord, now: PlanRecord): Map<string, RecordedTask> {
  const byId = new Map(now.tasks.map(task => [task.id, task]))
  const byTitle = grouped(now.tasks, task => task.title)
  return new Map(
    before.tasks.flatMap(task => {
      const same = byId.get(task.id)
      if (same && asksTheSame(task, same)) return []
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

function taskChanges(before: RecordedTask, now: RecordedTask | undefined): PlanChange[] {
  const name = `${before.id} "${before.title}"`
  const criteria = new Set(now?.acceptance)
  const change = (text: string) => [{ task: before.id, text: `${name} ${text}` }]
  if (!now) return change('is gone')
  if (now.dropped && !before.dropped) return change('was dropped or deferred')
  if (!sameWords(before.title, now.title)) return change(`says "${now.title}" now`)
  const [lost] = filesLost(before, now)
  if (lost !== undefined) return change(`no longer names ${lost}`)
  return [
    ...(before.kind === now.kind
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

/** Phases that end without a review now, wherever their tasks are. Other names and other groups of tasks are no change. */
function reviewChanges(
  before: readonly Review[],
  now: readonly Review[],
  currentId: (id: string) => string | undefined,
): PlanChange[] {
  const reviewed = new Set(now.flatMap(({ tasks }) => tasks))
  return before
    .filter(({ tasks }) => tasks.flatMap(id => currentId(id) ?? []).some(id => !reviewed.has(id)))
    .map(({ phase }) => ({ text: `the review of the phase "${phase}" by a human is gone` }))
}

/** Criteria of the specification that are gone or ask for something else. */
function criteriaChanges(before: readonly string[], now: readonly string[]): PlanChange[] {
  const [known, kept] = [new Set(before), new Set(now)]
  // A corrected typo. More than a few new criteria would take long to compare with each other.
  const others = now.filter(criterion => !known.has(criterion)).slice(0, MOST_COMPARED)
  return before
    .filter(criterion => !kept.has(criterion))
    .filter(criterion => !others.some(other => asksNoLess(criterion, other)))
    .map(criterion => ({
      text: `the criterion "${criterion}" of the specification is gone or changed`,
    }))
}

/** The same words, more words at the end, or an answer in the place of an open question. */
function asksNoLess(before: string, now: string): boolean {
  const [one, other] = [before, now].map(text => text.replaceAll(OPEN_QUESTION, '').trim())
  if (one === undefined || other === undefined) return false
  const rest = other.startsWith(one) ? other.slice(one.length) : undefined
  return (rest !== undefined && !/^[\p{L}\p{N}]/u.test(rest)) || sameWords(one, other)
}

const OPEN_QUESTION = /\[NEEDS CLARIFICATION[^\]]{0,500}\]/gi

const MOST_COMPARED = 100

/** More words may be added at the end. */
function isExtended(before: RecordedTask, now: RecordedTask): boolean {
  return now.description.startsWith(before.description)
}

function validationSteps(application: Application): string[] {
  const { start, health, frontend, endpoints, flows } = application
  const command = [start?.command ?? ''].flat().join(' ')
  return [
    ...(command === '' ? [] : [`start: ${command}`]),
    ...(health === undefined ? [] : [`health: ${health}`]),
    ...(frontend === undefined || frontend === false ? [] : [`pages: ${frontend}`]),
    ...endpoints.map(endpointStep),
    ...flows.flatMap(({ name, steps }) => steps.map(({ source }) => `${name}: ${source}`)),
  ]
}

function endpointStep({ request, expect }: Endpoint): string {
  const { json, form } = request
  const body = json ?? form
  const sent = body === undefined ? '' : ` ${JSON.stringify(body)}`
  const { status = 'any success', contains } = expect
  const texts = [...contains, ...expect.json.map(one => JSON.stringify(one))]
  return `${formatRequest(request)}${sent} → ${status}${texts.map(text => ` "${text}"`).join('')}`
}
