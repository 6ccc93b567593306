import { isCode, isSource, isTestSupport } from '../../plan/file-role.ts'
import { formatList } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import { isTestFile } from '../../plan/test-file.ts'
import type { Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import type { StartedTask } from '../guards/may-move.ts'
import { ownChanges } from '../guards/moved.ts'
import { treeAtStart } from '../testing/snapshots.ts'

/**
 * Refuses a task that changed code without a test. Exempt are files that the task names, new files of a task that sets the
 * project up, documents and configuration.
 */
export async function refuseUntestedChange(
  context: Context,
  { task, status, start }: StartedTask,
  now: Tree,
): Promise<void> {
  // A RED needs code, and record_red has checked that its tests are new.
  if (status.history.red) return
  const before = await treeAtStart(context, task, start)
  const changes = ownChanges(context, task, before, now)
  if (changes.some(isTestFile)) return
  const untested = changes.filter(
    file =>
      isCode(file) &&
      isSource(file) &&
      !isTestSupport(file) &&
      !isNamed(task, file) &&
      !(SETS_UP.test(task.title) && before.files[file] === undefined),
  )
  if (untested.length === 0) return
  throw new Refusal(
    'untested_change',
    `${formatList(untested, 1)} changed since ${task.id} was started, but no test did. ${task.id} is proven as \`${task.kind}\` (${task.kindReason}), which tests no behaviour.`,
    `${task.id} was not marked. Write a test for that code, or revert it and leave it to the task that builds it.`,
  )
}

const SETS_UP =
  /\b(init(iali[sz]e)?|scaffold|bootstrap|skeleton|boilerplate|(project|folder|directory) structure|set ?up)\b/i

function isNamed(task: Task, file: string): boolean {
  return task.files.some(name => name === file || (name.endsWith('/') && file.startsWith(name)))
}
