import { pathToFileURL } from 'node:url'
import { hasRecorded, hasStarted } from '../../evidence/event-index.ts'
import type { Stage } from '../../evidence/stage.ts'
import { nearestWaiting, ready, type ScheduleState } from '../../plan/order.ts'
import type { Feature, PlanDocument, Task } from '../../plan/plan.ts'
import type { Progress } from '../../plan/progress.ts'
import { absolute } from '../../store/workspace.ts'
import { resourceUri } from '../context/resource-uri.ts'
import type { NextStep } from '../context/call.ts'
import type { Context } from '../context/context.ts'
import { callerTag } from '../context/record.ts'
import { doubtfulKindNote } from '../context/kind-hint.ts'
import { requireTask } from '../context/named-task.ts'
import { acceptanceOf } from './acceptance.ts'
import { redTests, type RedTests } from './red-tests.ts'
import { resuming } from './messages.ts'
import { nextFor, validationStep } from './next-step.ts'
import { droppedNote } from './dropped-tasks.ts'
import { optionalNote } from './optional-tasks.ts'
import { startMessages } from './task-start.ts'
import { scheduleState } from '../context/schedule-state.ts'
import { progressAt } from '../context/task-state.ts'
import { unprovenTicks } from '../context/unproven-ticks.ts'

/** A task as the assistant receives it. */
export type TaskBrief = Pick<
  Task,
  | 'id'
  | 'title'
  | 'description'
  | 'phase'
  | 'kind'
  | 'kindReason'
  | 'parallel'
  | 'story'
  | 'files'
  | 'dependsOn'
  | 'acceptance'
  | 'location'
> & { stage: Stage }

export interface NextTaskResponse {
  feature: Feature
  task: TaskBrief | null
  /** Tasks that may be worked on at the same time. */
  alsoReady: Pick<Task, 'id' | 'title' | 'files'>[]
  /** How many more tasks are ready, and, except in a routine answer, how many more wait; `read_document progress` lists them. */
  moreReady?: number
  moreWaiting?: number
  /** The nearest tasks that cannot start yet; one in a routine answer. */
  waiting: { id: string; for: string[] }[]
  /** Empty in a routine answer. */
  documents: (PlanDocument & { uri: string })[]
  /** Without phases in a routine answer: `mark_complete` has the one that changed. */
  progress: Progress
  /** What failed at RED, if the task is continued after it. */
  red?: RedTests
  messages: string[]
  next: NextStep
}

/** The answer if no task is left. */
export function allDoneResponse(context: Context): NextTaskResponse {
  const last = context.ledger.events.at(-1)
  const validated = last?.kind === 'validation' && last.passed
  const next = validated
    ? { tool: null, arguments: {}, say: 'The feature is validated. Show a human the result.' }
    : validationStep(context)
  const messages = validated ? [] : [...droppedNote(context), ...optionalNote(context)]
  return { ...overview(context), task: null, alsoReady: [], waiting: [], messages, next }
}

/** How the caller came to its task. */
interface TaskRequest {
  stage: Stage
  /** The task was not started before. */
  starts: boolean
  /** The caller named the task. */
  isAsked: boolean
}

/** The answer with the task that the caller works on, and what it needs to know about the rest of the plan. */
export function nextTaskResponse(
  context: Context,
  task: Task,
  request: TaskRequest,
): NextTaskResponse {
  const { stage, starts } = request
  // The context was loaded before the caller got its lease.
  const schedule = scheduleState({ ...context, leases: withLease(context, task) })
  const also = task.parallel ? ready(context.plan, schedule).filter(id => id !== task.id) : []
  const red = redTests(context, task.id)
  const routine = isRoutine(context, request)
  const blocked = nearestWaiting(context.plan, schedule, routine ? 1 : MAX_NEAR)
  return {
    ...(routine ? routineSummary(context) : overview(context)),
    task: { ...briefOf(task, stage), acceptance: acceptanceOf(context, task) },
    ...(!starts && red && { red }),
    alsoReady: also.slice(0, MAX_NEAR).map(id => {
      const { title, files } = requireTask(context, id)
      return { id, title, files }
    }),
    ...(also.length > MAX_NEAR && { moreReady: also.length - MAX_NEAR }),
    ...(!routine && blocked.count > MAX_NEAR && { moreWaiting: blocked.count - MAX_NEAR }),
    waiting: blocked.nearest.map(({ id, waits }) => ({ id, for: waits.map(wait => wait.for) })),
    messages: [
      ...(stage === 'todo' ? doubtfulKindNote(task) : []),
      ...resumption(context, task, schedule),
      ...(starts ? startMessages(context, task, also) : []),
    ],
    next: nextFor(context, task, stage),
  }
}

/**
 * True if the caller starts the task that is due, after others that it started itself. It knows the plan then. A caller that names a task
 * may be one of several assistants, and one that continues a task may have forgotten what it read.
 */
function isRoutine(context: Context, { starts, isAsked }: TaskRequest): boolean {
  return starts && !isAsked && hasStarted(context.ledger.events, callerTag(context.call))
}

/** The messages for a caller that has recorded nothing yet and continues the work of another process. */
function resumption(context: Context, task: Task, { statusOf }: ScheduleState): string[] {
  const { events } = context.ledger
  const tag = callerTag(context.call)
  // A human's decision before the first task, such as an approval, does not count as earlier work.
  if (!events.some(({ kind }) => kind === 'start') || hasRecorded(events, tag)) return []
  const ids = context.plan.tasks.map(({ id }) => id)
  const settled = ids.filter(id => statusOf(id).settled)
  return resuming(context.plan, { settled, unproven: unprovenTicks(context) }, task)
}

/** The answer names only the nearest tasks, to save tokens. */
const MAX_NEAR = 5

function withLease(context: Context, task: Task): Context['leases'] {
  if (context.leases.has(task.id)) return context.leases
  const lease = { holder: context.call.holder, since: '', until: '', token: 0, files: [] }
  return new Map([...context.leases, [task.id, lease]])
}

type PlanSummary = Pick<NextTaskResponse, 'feature' | 'documents' | 'progress'>

function overview(context: Context): PlanSummary {
  const progress = progressAt(context)
  return { feature: featureOf(context), documents: documentsOf(context), progress }
}

function routineSummary(context: Context): PlanSummary {
  const progress = { ...progressAt(context), phases: [] }
  return { feature: featureOf(context), documents: [], progress }
}

function featureOf({ plan }: Context): Feature {
  const { id, title, dialect, dir } = plan.feature
  return { id, title, dialect, dir }
}

function documentsOf({ workspace, plan }: Context): NextTaskResponse['documents'] {
  const { feature, documents } = plan
  const withResource = ['spec', 'plan', 'tasks']
  return documents.map(({ name, path }) => ({
    name,
    path,
    uri: withResource.includes(name)
      ? resourceUri(feature, name)
      : pathToFileURL(absolute(workspace, path)).href,
  }))
}

function briefOf(task: Task, stage: Stage): TaskBrief {
  const { id, title, description, phase, kind, kindReason, parallel, story } = task
  const { files, dependsOn, acceptance, location } = task
  return {
    id,
    title,
    ...(description !== undefined && { description }),
    phase,
    kind,
    kindReason,
    stage,
    parallel,
    ...(story !== undefined && { story }),
    files,
    dependsOn,
    acceptance,
    location,
  }
}
