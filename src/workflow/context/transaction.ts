import { endOrphanedRuns } from '../../store/live-runs.ts'
import path from 'node:path'
import { enableTurnCache } from '../../store/turn-cache.ts'
import { syncFolder } from '../../store/files.ts'
import { sweepDrafts } from '../../store/replace-file.ts'
import type { CloneCoordinator } from '../../store/coordinator/clone-coordinator.ts'
import { Locked } from '../../store/lock.ts'
import { settleCommit, type NumberedCommit } from '../../store/transaction/commit.ts'
import { Overtaken } from '../../store/transaction/sequence.ts'
import { absolute } from '../../store/workspace.ts'
import type { Call } from './call.ts'
import { callWorkspace } from './call-workspace.ts'
import type { Context } from './context.ts'
import { callCoordinator } from './latest-context.ts'
import { loadContext } from './load-context.ts'
import { reloadLedger } from './reload-context.ts'
import { writeDoneMarks } from './write-marks.ts'

/** Loads the context. After a crash, it first ends runs that are still going and writes missing marks. */
export async function openContext(call: Call): Promise<Context> {
  endOrphanedRuns(callWorkspace(call).state)
  const context = await loadContext(call, { mayBeOld: false })
  enableTurnCache(context.workspace)
  if (context.ledger.unmarked.length === 0) return context
  return context.coordinator.withTurn(inTurn => loadFinished(call, inTurn))
}

/**
 * Loads the context under the lock and lets `work` decide and write. The lock alone is not enough: a process that is
 * suspended can lose it. If another process recorded something meanwhile, nothing is written and `work` runs again on a newly
 * loaded context.
 */
export async function withTransaction<T>(
  call: Call,
  work: (context: Context) => T | Promise<T>,
): Promise<T> {
  const coordinator = await callCoordinator(call)
  return coordinator.withTurn(async inTurn => {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      try {
        const result = await work(await loadFinished(call, inTurn))
        await inTurn.settle?.()
        return result
      } catch (error) {
        if (!(error instanceof Overtaken)) throw error
      }
    }
    throw new Locked(`Other processes recorded something first, ${MAX_ATTEMPTS} times in a row.`)
  })
}

/** After each failed attempt another process has made progress, so only a crowd of processes can use these up. */
const MAX_ATTEMPTS = 100

/** An editor may save a file in several writes. A task that is missing from the plan for longer than this was removed. */
const EDITOR_SAVE_MS = 60_000

async function loadFinished(call: Call, inTurn: CloneCoordinator): Promise<Context> {
  return finishMarks(await loadContext(call, { finishes: true, from: inTurn, mayBeOld: false }))
}

/** Writes the marks that a crash between a `done` event and its marks left out. The ledger decides, not the file. */
function finishMarks(context: Context): Context {
  const { unmarked } = context.ledger
  if (unmarked.length === 0) return context
  return reloadLedger(unmarked.reduce(finishCommit, context))
}

function finishCommit(context: Context, { marks, number }: NumberedCommit): Context {
  const task = context.tasks.get(marks ?? '')
  const { stage, done } = context.histories.get(marks ?? '') ?? {}
  if (!task && done && Date.now() - Date.parse(done.at) < EDITOR_SAVE_MS) return context
  const marked = task && stage === 'done' ? writeDoneMarks(context, task, number).context : context
  const markers = task?.markers.map(marker => absolute(context.workspace, marker.path)) ?? []
  for (const file of new Set(markers)) sweepDrafts(file)
  // A process that was killed may have written files without syncing their folders.
  const files = [
    ...markers,
    ...context.plan.documents.map(document => absolute(context.workspace, document.path)),
  ]
  for (const folder of new Set(files.map(file => path.dirname(file)))) syncFolder(folder)
  settleCommit(context.state, context.key, number)
  return marked
}
