import { pathToFileURL } from 'node:url'
import type { Stage } from '../../evidence/stage.ts'
import { ready, waiting, type Situation } from '../../plan/order.ts'
import type { Feature, PlanDocument, Task } from '../../plan/plan.ts'
import type { Progress } from '../../plan/progress.ts'
import { absolute } from '../../store/workspace.ts'
import { addressOf } from '../context/resource-uri.ts'
import type { Next } from '../context/call.ts'
import { servedAs, taskOf, type Desk } from '../context/context.ts'
import { resuming } from './messages.ts'
import { callFor, nextFor } from './next-step.ts'
import { beginning } from './task-start.ts'
import { situationOf } from '../context/schedule-state.ts'
import { progressAt } from '../context/task-state.ts'

/** A task as the assistant gets it. */
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

export interface NextTask {
  feature: Omit<Feature, 'evidence'>
  task: TaskBrief | null
  /** Tasks that may run at the same time. */
  alsoReady: Pick<Task, 'id' | 'title' | 'files'>[]
  /** The nearest tasks that cannot start yet. */
  waiting: { id: string; for: string[] }[]
  documents: (PlanDocument & { uri: string })[]
  progress: Progress
  messages: string[]
  next: Next
}

/** No task is left. */
export function finished(desk: Desk): NextTask {
  const last = desk.ledger.events.at(-1)
  const validated = last?.kind === 'validation' && last.passed
  const next = validated
    ? { tool: null, arguments: {}, say: 'The feature is validated. Show a person the result.' }
    : callFor(desk.call.surface, 'run_validation', {}, 'No task is left.')
  return { ...surroundings(desk), task: null, alsoReady: [], waiting: [], messages: [], next }
}

/** The task that the caller has in hand, with what it needs to know around it. */
export function handOut(desk: Desk, task: Task, stage: Stage, begins: boolean): NextTask {
  // Read again, so that the claim just taken counts.
  const situation = situationOf({ ...desk, claims: withClaim(desk, task) })
  const also = task.parallel ? ready(desk.plan, situation).filter(id => id !== task.id) : []
  return {
    ...surroundings(desk),
    task: briefOf(task, stage),
    alsoReady: also.slice(0, NEAR).map(id => {
      const { title, files } = taskOf(desk, id)
      return { id, title, files }
    }),
    waiting: waiting(desk.plan, situation)
      .slice(0, NEAR)
      .map(({ id, waits }) => ({ id, for: waits.map(wait => wait.for) })),
    messages: [
      ...resumption(desk, task, situation),
      ...(begins ? beginning(desk, task, also) : []),
    ],
    next: nextFor(desk, task, stage),
  }
}

/** Said to whoever goes on with what somebody else, or an earlier process, has begun. */
function resumption(desk: Desk, task: Task, { standing }: Situation): string[] {
  const { events } = desk.ledger
  const me = servedAs(desk.call)
  if (events.length === 0 || events.findLast(({ by }) => by === me)) return []
  const settled = desk.plan.tasks.filter(({ id }) => standing(id).settled || standing(id).claimed)
  return resuming(
    desk.plan,
    settled.map(({ id }) => id),
    task,
  )
}

/** How many other tasks are told: a model pays for every word. */
const NEAR = 5

function withClaim(desk: Desk, task: Task): Desk['claims'] {
  const claim = { holder: desk.call.holder, since: '', until: '', token: 0, files: [] }
  return new Map([...desk.claims, [task.id, claim]])
}

function surroundings(desk: Desk): Pick<NextTask, 'feature' | 'documents' | 'progress'> {
  const { id, title, dialect, dir } = desk.plan.feature
  return {
    feature: { id, title, dialect, dir },
    documents: documentsOf(desk),
    progress: progressAt(desk),
  }
}

function documentsOf({ workspace, plan }: Desk): NextTask['documents'] {
  const { feature, documents } = plan
  const own = ['spec', 'plan', 'tasks']
  return documents.map(({ name, path }) => ({
    name,
    path,
    uri: own.includes(name)
      ? addressOf(feature, name)
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
