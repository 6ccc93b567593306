import type { Application, Endpoint } from './application.ts'
import { formatRequest } from './application.ts'
import type { Phase, Plan } from './plan.ts'
import {
  compareTasks,
  recordedTasks,
  type PlanChange,
  type RecordedTask,
} from './recorded-tasks.ts'
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

/** What the plan asks for now. */
export function planRecord(
  plan: Plan,
  application: Application | undefined,
  criteria: readonly string[] = [],
  isReviewed: (phase: Phase) => boolean = () => false,
): PlanRecord {
  const reviewed = plan.phases.filter(isReviewed)
  return {
    tasks: recordedTasks(plan),
    criteria: [...criteria],
    ...(reviewed.length > 0 && {
      reviews: reviewed.map(({ name, tasks }) => ({ phase: name, tasks })),
    }),
    validation: application ? validationSteps(application) : [],
  }
}

/** What the plan asked for earlier and does not ask for now. */
export function planChanges(before: PlanRecord, now: PlanRecord): PlanChange[] {
  const { changes, currentId } = compareTasks(before.tasks, now.tasks)
  const steps = new Set(now.validation)
  return [
    ...changes,
    ...reviewChanges(before.reviews ?? [], now.reviews ?? [], currentId),
    ...criteriaChanges(before.criteria ?? [], now.criteria ?? []),
    ...before.validation
      .filter(step => !steps.has(step))
      .map(step => ({ text: `the validation step "${step}" is gone or changed` })),
  ]
}

/** Phases that end without a review now, wherever their tasks are. Other names and other groups of tasks are not a change. */
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
  const others = now.filter(criterion => !known.has(criterion)).slice(0, MAX_COMPARED)
  return before
    .filter(criterion => !kept.has(criterion))
    .filter(criterion => !others.some(other => asksNoLess(criterion, other)))
    .map(criterion => ({
      text: `the criterion "${criterion}" of the specification is gone or changed`,
    }))
}

/** The same words, more words at the end, or an answer in place of an open question. */
function asksNoLess(before: string, now: string): boolean {
  const [one, other] = [before, now].map(text => text.replaceAll(OPEN_QUESTION, '').trim())
  if (one === undefined || other === undefined) return false
  const rest = other.startsWith(one) ? other.slice(one.length) : undefined
  return (rest !== undefined && !/^[\p{L}\p{N}]/u.test(rest)) || sameWords(one, other)
}

const OPEN_QUESTION = /\[NEEDS CLARIFICATION[^\]]{0,500}\]/gi

const MAX_COMPARED = 100

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
