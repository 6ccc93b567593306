import { sweepDrafts } from '../store/files.ts'
import { endLeftRuns } from '../store/live-runs.ts'
import { withLock } from '../store/lock.ts'
import { clearIntent, leftIntent } from '../store/marks.ts'
import { absolute } from '../store/workspace.ts'
import type { Call } from './call.ts'
import { lookDesk, placeOf, reread, type Desk } from './desk.ts'
import { projectDone } from './project.ts'

/** Reads settings, plan and ledger; finishes marks that a crash left unwritten, and ends the runs that it left behind. */
export async function openDesk(call: Call): Promise<Desk> {
  endLeftRuns(placeOf(call).state)
  const desk = await lookDesk(call)
  if (leftIntent(desk.state, desk.plan.feature.id) === undefined) return desk
  return withLock(desk.state, async () => finishIntent(await lookDesk(call)))
}

/** Reads everything anew and lets `work` decide and write before anybody else can. */
export async function atDesk<T>(call: Call, work: (desk: Desk) => T | Promise<T>): Promise<T> {
  return withLock(placeOf(call).state, async () => work(await finishIntent(await lookDesk(call))))
}

/** A crash came between the `done` event and its mark: the ledger is the truth, so the mark is written now. */
async function finishIntent(desk: Desk): Promise<Desk> {
  const { id } = desk.plan.feature
  const intent = leftIntent(desk.state, id)
  if (!intent) return desk
  const task = desk.plan.tasks.find(task => task.id === intent.task)
  const isDone = task && desk.histories.get(task.id)?.stage === 'done'
  if (isDone) await projectDone(desk, task, reread)
  for (const place of new Set(task?.carriers.map(carrier => carrier.path))) {
    sweepDrafts(absolute(desk.workspace, place))
  }
  clearIntent(desk.state, id)
  return lookDesk(desk.call)
}
