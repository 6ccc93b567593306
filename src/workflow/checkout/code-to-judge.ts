import { isCode, isSource } from '../../plan/file-role.ts'
import type { Task } from '../../plan/plan.ts'
import { changedPaths, takeTree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { ownChanges } from '../guards/moved.ts'
import { restoreTree } from '../testing/snapshots.ts'

/** Whether the task, or the feature if no task is given, changed code other than tests. True if its start is not known. */
export async function hasCodeToJudge(context: Context, task?: Task): Promise<boolean> {
  const { histories, ledger } = context
  const start = task
    ? histories.get(task.id)?.start
    : ledger.events.find(({ kind }) => kind === 'start')
  const before = start?.kind === 'start' ? await restoreTree(context, start) : undefined
  if (!before) return true
  const now = await takeTree(context.workspace)
  const changes = task ? ownChanges(context, task, before, now) : changedPaths(before, now)
  return changes.some(file => isCode(file) && isSource(file))
}
