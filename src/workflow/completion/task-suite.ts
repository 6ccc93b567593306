import type { EventOf } from '../../evidence/event.ts'
import type { Task } from '../../plan/plan.ts'
import { takeTree } from '../../store/tree.ts'
import { loadTree } from '../../store/saved-trees.ts'
import type { Context } from '../context/context.ts'
import { recordedSuite } from './suite-result.ts'
import type { StartedTask } from '../guards/require-stage.ts'
import { ownChanges, refuseMoved } from '../guards/moved.ts'
import { requireSuite, type SuiteResult } from './suite.ts'
import { requirePass } from '../testing/require-pass.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import { runAndObserve } from '../testing/observed-run.ts'

export async function suiteOfTask(
  context: Context,
  { task, status }: StartedTask,
  testRunner: TestRunner,
): Promise<SuiteResult> {
  const { red, green, suite: known } = status.history
  const now = await takeTree(context.workspace)
  // An earlier call ran the suite on exactly these files, but its answer was lost. Do not use up another run.
  const isRecorded = known?.tree === now.hash && known.failing.length === 0
  const treeAtGreen = green && loadTree(context.state, green.tree)
  const changed = !treeAtGreen || ownChanges(context, task, treeAtGreen, now).length > 0
  if (red && changed && !isRecorded) await passOwnTests(context, task, testRunner, red)
  const suite = isRecorded
    ? { ...recordedSuite(known), isRecorded }
    : await requireSuite(context, task, testRunner)
  // A suite excuses failures that other tasks have to fix, so the task's own tests run once more. They must not count as passed because of
  // a warm run alone.
  if (red && green?.run?.warm && mayExcuseTestsIn(suite, Object.keys(red.files)))
    await passOwnTests(context, task, testRunner, red)
  return suite
}

/** Whether the suite may excuse failures in these files. It has to pass all their other tests. */
function mayExcuseTestsIn(
  { excused, excusedTests }: SuiteResult,
  files: readonly string[],
): boolean {
  if (!excusedTests) return excused > 0
  return excusedTests.some(id => files.some(file => id === file || id.startsWith(`${file} > `)))
}

async function passOwnTests(
  context: Context,
  task: Task,
  testRunner: TestRunner,
  red: EventOf<'red'>,
): Promise<void> {
  const observed = await runAndObserve(context, testRunner, Object.keys(red.files), red.names)
  refuseMoved(context, task, observed)
  await requirePass(context, task, testRunner, red, observed)
}
