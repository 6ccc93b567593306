import type { Task } from '../plan/plan.ts'
import type { EventBody } from '../evidence/event.ts'
import type { LeaseEntry } from '../store/leases/lease-table.ts'
import { networkDisk } from '../store/network-disk.ts'
import { takeTree } from '../store/tree.ts'
import type { Call } from './context/call.ts'
import { requestedTask, chooseTask } from './guards/choose-task.ts'
import { timestamp, record, refuseBrokenLedger, type Context } from './context/context.ts'
import { withTransaction, openContext } from './context/transaction.ts'
import { refuseMissingDocuments } from './guards/documents.ts'
import { refuseNotApproved } from './guards/readiness.ts'
import {
  allDoneResponse,
  nextTaskResponse,
  type NextTaskResponse,
} from './response/next-task-response.ts'
import { previousHolder, releaseEvent, acquireLease } from './context/leases.ts'
import {
  storeSnapshot,
  prepareSnapshot,
  restoreTree,
  type SnapshotFields,
} from './testing/snapshots.ts'
import { hasAgreedPlan, keepPlanRecord } from './context/plan-changes.ts'
import { planNotes } from './response/plan-notes.ts'
import { applyEdits } from './context/write-marks.ts'
import { taskStates, type TaskState } from './context/task-state.ts'

/** Starts the task that is due, or goes on with the one that this caller has in hand. */
export async function nextTask(
  call: Call,
  wanted: { task?: string | undefined },
): Promise<NextTaskResponse> {
  const { workspace, state } = await openContext(call)
  const tree = await takeTree(workspace)
  await prepareSnapshot({ workspace, state }, tree)
  let former: LeaseEntry | undefined
  return withTransaction(call, async context => {
    refuseMissingDocuments(context)
    refuseNotApproved(context)
    const states = taskStates(context)
    const task =
      wanted.task === undefined
        ? chooseTask(context, states)
        : requestedTask(context, states, wanted.task)
    if (!task) {
      const answer = allDoneResponse(context)
      return { ...answer, messages: [...planNotes(context), ...answer.messages] }
    }
    const status = states.get(task.id)
    const begins = !status || (await mustBegin(context, task, status))
    const missing = context.ledger.events.length === 0 ? sharedDisk(context) : []
    const purpose = { task: task.id, step: 'start' }
    const kept = begins && (await storeSnapshot(context, tree, purpose, said => missing.push(said)))
    // Kept for another try: once the task is ours, the book does not tell any more who had it.
    former ??= previousHolder(context, task)
    refuseBrokenLedger(context)
    acquireLease(context, task)
    const bodies = [
      ...(former ? [releaseEvent(task, former)] : []),
      ...(status?.failed ? [{ kind: 'resumed' as const, task: task.id }] : []),
      ...(kept ? [startOf(context, task, kept)] : []),
    ]
    if (bodies.length > 0) record(context, ...bodies)
    if (status?.stage !== 'done') beginMarks(context, task)
    const answer = nextTaskResponse(
      context,
      task,
      begins ? 'todo' : (status?.stage ?? 'todo'),
      begins,
    )
    return { ...answer, messages: [...planNotes(context), ...answer.messages, ...missing] }
  })
}

/** Said once, when a feature is begun. */
function sharedDisk({ state }: Context): string[] {
  const kind = networkDisk(state.root)
  if (kind === undefined) return []
  return [
    `! The workspace lies on a network file system (${kind}): servers on several machines are not kept apart there.`,
  ]
}

function startOf(context: Context, task: Task, kept: SnapshotFields): EventBody {
  const { settings } = context
  const { id, title, kind, files: names } = task
  const { channels } = settings.approval
  const said = { settings: settings.hash, ...(channels && { channels }) }
  // The first task of a feature keeps what the whole plan asks for.
  const plan = hasAgreedPlan(context) ? {} : { plan: keepPlanRecord(context) }
  return { kind: 'start', task: id, title, names, provenAs: kind, ...said, ...plan, ...kept }
}

/** A task begins anew where it is to be proven another way by now, or where this clone lacks the files it was seen with. */
async function mustBegin(
  context: Context,
  { kind }: Task,
  { stage, history }: TaskState,
): Promise<boolean> {
  const { start, red } = history
  if (!start || start.provenAs !== kind) return true
  if (stage === 'green') return false
  const needed = [start, stage === 'red' ? red : undefined].filter(event => event !== undefined)
  const there = await Promise.all(needed.map(event => restoreTree(context, event)))
  return there.includes(undefined)
}

/** Some workflows say in their files that a task, and with it the feature, is in progress. */
function beginMarks(context: Context, task: Task): void {
  applyEdits(context, ({ dialect, reader, plan, tasks }) => {
    const same = tasks.get(task.id)
    return (same && dialect.start?.(reader, plan, same, timestamp())) ?? []
  })
}
