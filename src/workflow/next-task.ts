import type { Task } from '../plan/plan.ts'
import type { EventBody } from '../evidence/event.ts'
import type { Claim } from '../store/leases/lease-table.ts'
import { networkDisk } from '../store/network-disk.ts'
import { takeTree } from '../store/tree.ts'
import type { Call } from './context/call.ts'
import { askedTask, dueTask } from './guards/choose-task.ts'
import { now, record, refuseBrokenLedger, reread, type Desk } from './context/context.ts'
import { atDesk, openDesk } from './context/transaction.ts'
import { refuseMissingDocuments } from './guards/documents.ts'
import { refuseNotApproved } from './guards/readiness.ts'
import { finished, handOut, type NextTask } from './response/next-task-response.ts'
import { formerHolder, releaseOf, takeTask } from './context/leases.ts'
import { keepFiles, prepareFiles, regainTree, type KeptFiles } from './testing/snapshots.ts'
import { writing } from './context/write-marks.ts'
import { standingsOf, type TaskStanding } from './context/task-state.ts'

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
  const { channels } = settings.approval
  const said = { settings: settings.hash, ...(channels && { channels }) }
  return { kind: 'start', task: id, title, provenAs: kind, ...said, ...kept }
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
