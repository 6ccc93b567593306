import { isCode, isSource, isTestSupport } from '../../plan/file-role.ts'
import { formatList } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import { isTestFile } from '../../plan/test-file.ts'
import type { Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import type { StartedTask } from '../guards/require-stage.ts'
import { ownChanges } from '../guards/moved.ts'
import { treeAtStart } from '../testing/snapshots.ts'
import { runAndObserve } from '../testing/observed-run.ts'
import { findTestRunner } from '../testing/test-runner.ts'

/** Code that changed since the task was started, without tests and their helpers. Empty for a task with a RED, whose tests cover it. */
export async function changedCode(
  context: Context,
  { task, status, start }: StartedTask,
  now: Tree,
): Promise<string[]> {
  if (status.history.red) return []
  const before = await treeAtStart(context, task, start)
  return ownChanges(context, task, before, now).filter(isOwnCode)
}

function isOwnCode(file: string): boolean {
  return isCode(file) && isSource(file) && !isTestFile(file) && !isTestSupport(file)
}

/**
 * Refuses a task that changed code without a test that ran and passed. Exempt are files that the task names, new files of a task
 * that sets the project up, documents and configuration.
 */
export async function refuseUntestedChange(
  context: Context,
  { task, status, start }: StartedTask,
  now: Tree,
): Promise<void> {
  // A task with a RED has tests for its code, and record_red has checked that they are new. A refactoring is covered by the suite.
  if (status.history.red || task.kind === 'refactor') return
  const before = await treeAtStart(context, task, start)
  const changes = ownChanges(context, task, before, now)
  const untested = changes.filter(
    file =>
      isOwnCode(file) &&
      !isNamed(task, file) &&
      !(SETS_UP.test(task.title) && before.files[file] === undefined),
  )
  if (untested.length === 0) return
  const tests = changes.filter(file => isTestFile(file) && now.files[file] !== undefined)
  if (await somePass(context, tests)) return
  const without =
    tests.length === 0
      ? 'but no test did'
      : `and none of its tests passes (${formatList(tests, 3)})`
  throw new Refusal(
    'untested_change',
    `${formatList(untested, 1)} changed since ${task.id} was started, ${without}. ${task.id} is proven as \`${task.kind}\` (${task.kindReason}), which tests no behaviour.`,
    `${task.id} was not marked. Write a test for that code that passes, or revert it and leave it to the task that builds it.`,
  )
}

/** Runs the tests. True if a test passes in a file without failures, or if the project has no test runner to ask. */
async function somePass(context: Context, tests: readonly string[]): Promise<boolean> {
  const [first] = tests
  if (first === undefined) return false
  const testRunner = findTestRunner(context, first)
  if (!testRunner) return true
  const { outcome } = await runAndObserve(context, testRunner, tests, [])
  const failing = outcome.tests.filter(test => ['failed', 'errored'].includes(test.outcome))
  const broken = new Set([...failing, ...outcome.loadErrors].map(({ file }) => file))
  return outcome.tests.some(test => test.outcome === 'passed' && !broken.has(test.file))
}

const SETS_UP =
  /\b(init(iali[sz]e)?|scaffold|bootstrap|skeleton|boilerplate|(project|folder|directory) structure|set ?up)\b/i

function isNamed(task: Task, file: string): boolean {
  return task.files.some(name => name === file || (name.endsWith('/') && file.startsWith(name)))
}
