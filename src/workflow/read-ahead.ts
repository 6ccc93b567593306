import { safeAnswer } from '../runner/safe-text.ts'
import { loadLock } from '../store/lock.ts'
import { readBase } from '../store/snapshot-base.ts'
import { listSources } from '../store/source-list.ts'
import { syncAhead } from '../store/sync-ahead.ts'
import { takeTree } from '../store/tree.ts'
import type { Call } from './context/call.ts'
import { loadContext } from './context/load-context.ts'
import { taskStates } from './context/task-state.ts'
import { chooseTask } from './guards/choose-task.ts'
import { featureHookState } from './hook-state.ts'
import { nextTaskResponse } from './response/next-task-response.ts'
import { planNotes } from './response/plan-notes.ts'

/**
 * Loads and derives what the first `next_task` needs, while nobody waits for it. Writes nothing; throws what that call would refuse.
 *
 * @param isOver whether a call has come, which now reads for itself
 */
export async function readAhead(call: Call, isOver: () => boolean): Promise<void> {
  const context = await loadContext(call)
  if (isOver()) return
  const { workspace, state, key } = context
  const [sources] = await Promise.all([listSources(workspace), loadLock()])
  if (isOver()) return
  featureHookState(context)
  planNotes(context)
  const task = chooseTask(context, taskStates(context))
  if (!task) return
  const response = nextTaskResponse(context, task, { stage: 'todo', starts: true, isAsked: false })
  // Called only to compile the patterns for secrets.
  safeAnswer(response)
  if (isOver()) return
  syncAhead(state, key)
  await readBase(workspace, state)
  if (!isOver() && sources.paths.length < MAX_FILES) await takeTree(workspace)
}

/** With more source files, nothing is read ahead, because the server could not answer meanwhile. */
const MAX_FILES = 1000
