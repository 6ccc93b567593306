import type { Task } from '../plan/plan.ts'
import type { EventBody } from '../evidence/event.ts'
import { lastOfTask } from '../evidence/event-index.ts'
import type { CheckConfiguration } from '../evidence/check-configuration.ts'
import type { LeaseEntry } from '../store/leases/lease-table.ts'
import { takeTree, type Tree } from '../store/tree.ts'
import type { Call } from './context/call.ts'
import { requestedTask, chooseTask } from './guards/choose-task.ts'
import type { Context } from './context/context.ts'
import { record, refuseBrokenLedger } from './context/record.ts'
import { latestOf } from './context/load-context.ts'
import { withTransaction, openContext } from './context/transaction.ts'
import { refuseMissingDocuments } from './guards/documents.ts'
import { refuseChangedSettings } from './guards/require-stage.ts'
import { refuseNotApproved } from './guards/readiness.ts'
import { allDoneResponse, type NextTaskResponse } from './response/next-task-response.ts'
import { previousHolder, releaseEvent, acquireLease } from './context/leases.ts'
import { storeSnapshot, prepareSnapshot, type SnapshotFields } from './testing/snapshots.ts'
import { continuedTask, continueTask, mustStart, responseOn, startEdits } from './continue-task.ts'
import {
  currentCheckConfiguration,
  checkConfigurationField,
} from './testing/check-configuration.ts'
import { hasAgreedPlan, keepPlanRecord } from './context/plan-changes.ts'
import { firstNotes, wantedWitnessNote } from './response/start-notes.ts'
import { planNotes } from './response/plan-notes.ts'
import { runnerNotes } from './response/runner-notes.ts'
import { earlierWorkNote } from './verify/lost-evidence.ts'
import { Refusal } from './context/refusal.ts'
import { applyEdits } from './context/write-marks.ts'
import { taskStates } from './context/task-state.ts'

/** Starts the task that is due, or continues the task that the caller works on. */
export async function nextTask(
  call: Call,
  request: { task?: string | undefined },
): Promise<NextTaskResponse> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await withRunnerNotes(call, await takeTask(call, request))
    } catch (error) {
      // Somebody else saved a file meanwhile, which does not matter: the snapshot has the files as they were.
      const isMoved = error instanceof Refusal && error.code === 'moved'
      if (!isMoved || attempt === MAX_ATTEMPTS) throw error
    }
  }
}

const MAX_ATTEMPTS = 10

/** The answer with notes on what the test runner lacks, before the caller writes a test for it. */
async function withRunnerNotes(call: Call, response: NextTaskResponse): Promise<NextTaskResponse> {
  const context = latestOf(call)
  const notes = context && response.task ? await runnerNotes(context, response.task) : []
  return notes.length > 0 ? { ...response, messages: [...notes, ...response.messages] } : response
}

async function takeTask(
  call: Call,
  request: { task?: string | undefined },
): Promise<NextTaskResponse> {
  const context = await openContext(call)
  const task = continuedTask(context, request)
  const continued = task && (await continueTask(context, task, request.task !== undefined))
  if (continued) return continued
  const tree = await takeTree(context.workspace)
  await prepareSnapshot(context, tree)
  return takeTaskWith(call, request, tree)
}

async function takeTaskWith(
  call: Call,
  request: { task?: string | undefined },
  tree: Tree,
): Promise<NextTaskResponse> {
  let previous: LeaseEntry | undefined
  let earlier: string[] | undefined
  return withTransaction(call, async context => {
    refuseMissingDocuments(context)
    refuseNotApproved(context)
    const states = taskStates(context)
    const task =
      request.task === undefined
        ? chooseTask(context, states)
        : requestedTask(context, states, request.task)
    if (!task) {
      const response = allDoneResponse(context)
      return { ...response, messages: [...planNotes(context), ...response.messages] }
    }
    const status = states.get(task.id)
    const isAsked = request.task !== undefined
    const starts = !status || (await mustStart(context, task, status, isAsked))
    // Starting a task again must not be a way to use other settings.
    if (starts && status?.history.start) refuseChangedSettings(context, status.history.start)
    const isFirst = context.ledger.events.length === 0
    // Only in the first attempt: after it, git has the snapshot of this start.
    earlier ??= isFirst ? await earlierWorkNote(context) : []
    const notes = isFirst ? [...earlier, ...(await firstNotes(context))] : []
    if (starts) notes.push(...wantedWitnessNote(context))
    const purpose = { task: task.id, step: 'start' }
    const snapshot =
      starts && (await storeSnapshot(context, tree, purpose, note => notes.push(note)))
    const configuration = snapshot ? await currentCheckConfiguration(context, tree) : {}
    // Read only in the first attempt: after `acquireLease` the lease table no longer has the previous holder.
    previous ??= previousHolder(context, task)
    refuseBrokenLedger(context)
    await acquireLease(context, task)
    const bodies = [
      ...(previous ? [releaseEvent(context, task, previous)] : []),
      ...(status?.failed ? [{ kind: 'resumed' as const, task: task.id }] : []),
      ...(snapshot ? [startEvent(context, task, snapshot, configuration)] : []),
    ]
    if (bodies.length > 0) await record(context, ...bodies)
    if (status?.stage !== 'done') writeStartMarks(context, task)
    const stage = starts ? 'todo' : (status?.stage ?? 'todo')
    const response = responseOn(context, task, { stage, starts, isAsked })
    return { ...response, messages: [...response.messages, ...notes] }
  })
}

function startEvent(
  context: Context,
  task: Task,
  snapshot: SnapshotFields,
  configuration: CheckConfiguration,
): EventBody {
  const { settings, ledger } = context
  const { id, title, kind, files } = task
  const done = lastOfTask(ledger.events, id, 'done')
  const { channels } = settings.approval
  const { allow: policy } = settings.verify
  return {
    kind: 'start',
    task: id,
    title,
    names: files,
    ...(done && { again: done.hash }),
    provenAs: kind,
    settings: settings.hash,
    ...(channels && { channels }),
    ...(policy && { policy }),
    // The first task of a feature records what the whole plan asks for.
    ...(!hasAgreedPlan(context) && { plan: keepPlanRecord(context) }),
    ...checkConfigurationField(context, configuration),
    ...snapshot,
  }
}

/** Some workflows mark a task, and its feature, as in progress. */
function writeStartMarks(context: Context, task: Task): void {
  applyEdits(context, current => startEdits(current, task))
}
