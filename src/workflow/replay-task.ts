import type { Call } from './context/call.ts'
import { loadFiles } from './context/load-context.ts'
import { requireTask } from './context/named-task.ts'
import { Refusal } from './context/refusal.ts'
import { taskStates } from './context/task-state.ts'
import { replay, type ReplayProgress, type ReplayResult } from './verify/replay.ts'

/** Runs the recorded RED and GREEN of one task again, each on its snapshot. Records nothing. */
export async function replayTask(
  call: Call,
  id: string,
  onProgress: ReplayProgress,
): Promise<ReplayResult> {
  const context = await loadFiles(call)
  const task = requireTask(context, id)
  const { red, green } = taskStates(context).get(task.id)?.history ?? {}
  if (!red && !green)
    throw new Refusal(
      'wrong_stage',
      `${task.id} has no recorded run since its latest start, so nothing was run again.`,
    )
  return replay(context, onProgress, task.id)
}
