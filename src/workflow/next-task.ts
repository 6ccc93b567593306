import { pathToFileURL } from 'node:url'
import { addressOf } from './address.ts'
import type { Feature, PlanDocument, Task } from '../plan/plan.ts'
import { ready, waiting, type Situation } from '../plan/order.ts'
import type { Progress } from '../plan/progress.ts'
import type { EventBody } from '../evidence/event.ts'
import type { Stage } from '../evidence/stage.ts'
import type { Claim } from '../store/claim-book.ts'
import { networkDisk } from '../store/network-disk.ts'
import { takeTree } from '../store/tree.ts'
import { absolute } from '../store/workspace.ts'
import type { Call, Next } from './call.ts'
import { askedTask, dueTask } from './choose-task.ts'
import { now, record, refuseBrokenLedger, reread, servedAs, taskOf, type Desk } from './desk.ts'
import { atDesk, openDesk } from './open-desk.ts'
import { refuseMissingDocuments } from './gates/documents.ts'
import { refuseNotApproved } from './gates/readiness.ts'
import { formerHolder, releaseOf, takeTask } from './hold.ts'
import { keepFiles, prepareFiles, regainTree, type KeptFiles } from './keep-files.ts'
import { callFor, nextFor } from './next.ts'
import { resuming } from './messages.ts'
import { beginning } from './opening.ts'
import { situationOf } from './situation.ts'
import { writing } from './project.ts'
import { progressAt, standingsOf, type TaskStanding } from './standing.ts'

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

/** Starts the task that is due, or goes on with the one that this caller has in hand. */
export async function nextTask(
  call: Call,
  wanted: { task?: string | undefined },
): Promise<NextTask> {
  const { workspace, state } = await openDesk(call)
  const tree = await takeTree(workspace)
  await prepareFiles({ workspace, state }, tree)
  let former: Claim | undefined
  return atDesk(call, async desk => {
    refuseMissingDocuments(desk)
    refuseNotApproved(desk)
    const standings = standingsOf(desk)
    const task =
      wanted.task === undefined ? dueTask(desk, standings) : askedTask(desk, standings, wanted.task)
    if (!task) return finished(desk)
    const standing = standings.get(task.id)
    const begins = !standing || (await mustBegin(desk, task, standing))
    const missing = desk.ledger.events.length === 0 ? sharedDisk(desk) : []
    const purpose = { task: task.id, step: 'start' }
    const kept = begins && (await keepFiles(desk, tree, purpose, said => missing.push(said)))
    // Kept for another try: once the task is ours, the book does not tell any more who had it.
    former ??= formerHolder(desk, task)
    refuseBrokenLedger(desk)
    takeTask(desk, task)
    const bodies = [
      ...(former ? [releaseOf(task, former)] : []),
      ...(standing?.failed ? [{ kind: 'resumed' as const, task: task.id }] : []),
      ...(kept ? [startOf(desk, task, kept)] : []),
    ]
    if (bodies.length > 0) record(desk, ...bodies)
    if (standing?.stage !== 'done') await beginMarks(desk, task)
    const answer = handOut(desk, task, begins ? 'todo' : (standing?.stage ?? 'todo'), begins)
    return { ...answer, messages: [...answer.messages, ...missing] }
  })
}

/** Said once, when a feature is begun. */
function sharedDisk({ state }: Desk): string[] {
  const kind = networkDisk(state.root)
  if (kind === undefined) return []
  return [
    `! The workspace lies on a network file system (${kind}): servers on several machines are not kept apart there.`,
  ]
}

function startOf({ settings }: Desk, task: Task, kept: KeptFiles): EventBody {
  const { id, title, kind } = task
  return { kind: 'start', task: id, title, provenAs: kind, settings: settings.hash, ...kept }
}

/** A task begins anew where it is to be proven another way by now, or where this clone lacks the files it was seen with. */
async function mustBegin(
  desk: Desk,
  { kind }: Task,
  { stage, history }: TaskStanding,
): Promise<boolean> {
  const { start, red } = history
  if (!start || start.provenAs !== kind) return true
  if (stage === 'green') return false
  const needed = [start, stage === 'red' ? red : undefined].filter(event => event !== undefined)
  const there = await Promise.all(needed.map(event => regainTree(desk, event)))
  return there.includes(undefined)
}

/** Some workflows say in their files that a task, and with it the feature, is in progress. */
async function beginMarks(desk: Desk, task: Task): Promise<void> {
  if (!desk.dialect.start) return
  await writing(desk, reread, fresh => {
    const same = fresh.plan.tasks.find(({ id }) => id === task.id)
    return (same && fresh.dialect.start?.(fresh.shelf, fresh.plan, same, now())) ?? []
  })
}

function finished(desk: Desk): NextTask {
  const last = desk.ledger.events.at(-1)
  const validated = last?.kind === 'validation' && last.passed
  const next = validated
    ? { tool: null, arguments: {}, say: 'The feature is validated. Show a person the result.' }
    : callFor(desk.call.surface, 'run_validation', {}, 'No task is left.')
  return { ...surroundings(desk), task: null, alsoReady: [], waiting: [], messages: [], next }
}

function handOut(desk: Desk, task: Task, stage: Stage, begins: boolean): NextTask {
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
