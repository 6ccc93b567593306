import { endLeftRuns } from '../../store/live-runs.ts'
import path from 'node:path'
import { syncFolder } from '../../store/files.ts'
import { sweepDrafts } from '../../store/replace-file.ts'
import { Locked, withLock } from '../../store/lock.ts'
import { settleCommit, type Numbered } from '../../store/transaction/commit.ts'
import { Overtaken } from '../../store/transaction/sequence.ts'
import { absolute } from '../../store/workspace.ts'
import type { Call } from './call.ts'
import { loadContext, callWorkspace, refresh, type Context } from './context.ts'
import { writeDoneMarks } from './write-marks.ts'

/** Reads settings, plan and ledger; finishes marks that a crash left unwritten, and ends the runs that it left behind. */
export async function openContext(call: Call): Promise<Context> {
  endLeftRuns(callWorkspace(call).state)
  const context = await loadContext(call)
  if (context.ledger.unmarked.length === 0) return context
  return withLock(context.state, async () => finishMarks(await loadContext(call)))
}

/**
 * Reads everything anew and lets `work` decide and write before anybody else can. Where somebody did all the same, because
 * this process was held up, nothing is written and `work` decides again by what is there then.
 */
export async function withTransaction<T>(
  call: Call,
  work: (context: Context) => T | Promise<T>,
): Promise<T> {
  return withLock(callWorkspace(call).state, async () => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      try {
        return await work(await finishMarks(await loadContext(call)))
      } catch (error) {
        if (!(error instanceof Overtaken)) throw error
      }
    }
    throw new Locked(`Other processes have recorded something ${TRIES} times in between.`)
  })
}

/** Each time that one is overtaken, somebody else got on: it takes a crowd, and no lock, to use these up. */
const TRIES = 100

/** A task that is not in the plan may be back when somebody's editor has finished saving; after that it was taken out. */
const SAVING_MS = 60_000

/** A crash came between a `done` event and its marks: the ledger is the truth, so they are written now. */
async function finishMarks(context: Context): Promise<Context> {
  const { unmarked } = context.ledger
  if (unmarked.length === 0) return context
  for (const commit of unmarked) await finishOne(context, commit)
  return loadContext(context.call)
}

async function finishOne(context: Context, { marks, number }: Numbered): Promise<void> {
  const task = context.plan.tasks.find(({ id }) => id === marks)
  const { stage, done } = context.histories.get(marks ?? '') ?? {}
  if (!task && done && Date.now() - Date.parse(done.at) < SAVING_MS) return
  if (task && stage === 'done') await writeDoneMarks(context, task, number, refresh)
  const markers = task?.markers.map(marker => absolute(context.workspace, marker.path)) ?? []
  for (const file of new Set(markers)) sweepDrafts(file)
  // What stands there may be of a process that was killed before it was on the disk for good.
  const files = [
    ...markers,
    ...context.plan.documents.map(one => absolute(context.workspace, one.path)),
  ]
  for (const folder of new Set(files.map(file => path.dirname(file)))) syncFolder(folder)
  settleCommit(context.state, context.plan.feature.id, number)
}
