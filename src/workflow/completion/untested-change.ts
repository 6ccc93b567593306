import { isCode, isSource, isTestSupport } from '../../plan/file-role.ts'
import { isTestFile } from '../../plan/test-file.ts'
import type { Task } from '../../plan/plan.ts'
import type { Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { treeAtStart } from '../testing/snapshots.ts'
import { Refusal } from '../context/refusal.ts'
import type { StartedTask } from '../guards/may-move.ts'
import { ownChanges } from '../guards/moved.ts'

/**
 * Code that changed within a task came with a test. What the task itself names is its business, and so are new files of a
 * project that is being set up; documents and configuration need no test.
 */
export async function refuseUntestedChange(
  context: Context,
  { task, status, start }: StartedTask,
  now: Tree,
): Promise<void> {
  // What was red asks for code; whether its tests are new was settled there.
  if (status.history.red) return
  const then = await treeAtStart(context, task, start)
  const changes = ownChanges(context, task, then, now)
  if (changes.some(isTestFile)) return
  const untested = changes.filter(
    file =>
      isCode(file) &&
      isSource(file) &&
      !isTestSupport(file) &&
      !isNamed(task, file) &&
      !(SETS_UP.test(task.title) && then.files[file] === undefined),
  )
  const [first] = untested
  if (first === undefined) return
  const more = untested.length > 1 ? ` and ${untested.length - 1} more` : ''
  throw new Refusal(
    'untested_change',
    `${first}${more} changed since ${task.id} was started, and no test did: ${task.id} is proven as \`${task.kind}\` (${task.kindReason}), which sees no behaviour.`,
    `${task.id} was not marked. Leave that code to the task that builds it and put it back, or write a test for it.`,
  )
}

const SETS_UP =
  /\b(init(iali[sz]e)?|scaffold|bootstrap|skeleton|boilerplate|(project|folder|directory) structure|set ?up)\b/i

function isNamed(task: Task, file: string): boolean {
  return task.files.some(name => name === file || (name.endsWith('/') && file.startsWith(name)))
}
