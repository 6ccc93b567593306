import type { EventOf } from '../../evidence/event.ts'
import { judgeChangedTests } from '../../evidence/verdict.ts'
import type { Task } from '../../plan/plan.ts'
import type { Layer } from '../../store/checkout/overlay.ts'
import { changedPaths, takeTree, type Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { requireTask } from '../context/named-task.ts'
import { Refusal } from '../context/refusal.ts'
import { withTransaction } from '../context/transaction.ts'
import { requireStage } from '../guards/require-stage.ts'
import { supportChanges, testChanges, type ChangedFile } from '../guards/unchanged-tests.ts'
import { isWrittenByRuns } from '../testing/observed-run.ts'
import { hasOnlyAdditions } from '../testing/additions.ts'
import { runInCheckout } from '../testing/frozen-files.ts'
import { hashOfTests, isMixed, isTestCode, overlayOf } from '../testing/inline-tests.ts'
import { recordRedRun } from '../testing/record-run.ts'
import { prepareSnapshot, treeOfEvent, textInSnapshot } from '../testing/snapshots.ts'
import { runTestsAt } from '../testing/test-run.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import { refuseVerdict } from '../testing/verdict-refusal.ts'
import { inCheckout } from './checkout.ts'
import { withStandIns } from './late-run.ts'
import {
  textsOf,
  redWasReplaced,
  configurationChanged,
  testsGone,
  sourcesMissing,
} from './changed-tests-refusals.ts'

/**
 * The RED of the current tests. That is the recorded one if they did not change. If they did, they run on the sources of the
 * RED, in a checkout; if everything that was red fails there again, this run is recorded as a new RED.
 */
export async function redForChangedTests(
  context: Context,
  task: Task,
  testRunner: TestRunner,
  red: EventOf<'red'>,
): Promise<EventOf<'red'>> {
  const changed = await changesSince(context, task, testRunner, red)
  const { snapshot } = red
  if (changed.length === 0) return red
  if (snapshot === undefined) throw sourcesMissing(context, task, changed)
  const added = await isOnlyAdded(context, red, changed)
  return runChangedTests(context, { task, testRunner, red: { ...red, snapshot }, changed, added })
}

/** Whether the test files only got more lines, and everything else that the tests use is unchanged. */
async function isOnlyAdded(
  context: Context,
  red: EventOf<'red'>,
  changed: readonly ChangedFile[],
): Promise<boolean> {
  const files = Object.keys(red.files)
  if (changed.some(({ file }) => !files.includes(file))) return false
  const additions = await Promise.all(files.map(file => hasOnlyAdditions(context, red, file)))
  return additions.every(Boolean)
}

/** Changes since RED of the tests and of what they use. Refuses changes that no run can prove harmless. */
export async function changesSince(
  context: Context,
  task: Task,
  testRunner: TestRunner,
  red: EventOf<'red'>,
): Promise<ChangedFile[]> {
  const { tests, gone, configuration } = testChanges(context, testRunner, red, task)
  if (configuration.length > 0) throw configurationChanged(task, configuration)
  const now = await takeTree(context.workspace)
  if (gone.length > 0) throw testsGone(context, task, gone, { red, now })
  const before = await treeAtRed(context, task, red)
  const isWritten = isWrittenByRuns(context)
  const support = supportChanges(testRunner, task, { before, now }, isWritten)
  const inline = await inlineChanges(context, testRunner, red, changedPaths(before, now))
  const all = [...tests, ...support, ...inline]
  return [...new Map(all.map(one => [one.text, one])).values()]
}

/** Code that is compiled for tests only may be in any source file, and may change the result of tests in another. */
async function inlineChanges(
  context: Context,
  testRunner: TestRunner,
  red: EventOf<'red'>,
  changed: readonly string[],
): Promise<ChangedFile[]> {
  const others = changed.filter(file => isMixed(testRunner, file) && red.files[file] === undefined)
  const found: ChangedFile[] = []
  for (const file of others) {
    const before = hashOfTests(testRunner, (await textInSnapshot(context, red, file)) ?? '')
    const after = hashOfTests(testRunner, context.reader.read(file) ?? '')
    if (before !== after) found.push({ file, text: `the test code in ${file} was changed` })
  }
  return found
}

/** The tree at RED. Refuses if it is not available: without it, the changes since then are unknown. */
function treeAtRed(context: Context, task: Task, red: EventOf<'red'>): Promise<Tree> {
  return treeOfEvent(context, task, red, 'was red with')
}

/**
 * Tests that the mutation check found weak may have to change so much that they do not load without the new code. Then stand-ins that do
 * nothing replace the code.
 */
async function runChangedTests(
  context: Context,
  changes: Omit<ChangedTestsRequest, 'isWeak'>,
): Promise<EventOf<'red'>> {
  const { task, testRunner } = changes
  const isWeak = context.histories.get(task.id)?.mutation?.verdict === 'weak'
  const request = { ...changes, isWeak }
  const plain = overlayOf(testRunner, file => isTestCode(testRunner, file))
  let answer = await redOnLayers(context, request, plain)
  for (const returns of isWeak ? (['nothing', 'stand-ins'] as const) : []) {
    if (answer instanceof Refusal)
      answer = await redOnLayers(context, request, withStandIns(testRunner, plain, returns))
  }
  if (answer instanceof Refusal) throw answer
  return answer
}

interface ChangedTestsRequest {
  task: Task
  testRunner: TestRunner
  red: EventOf<'red'> & { snapshot: string }
  changed: readonly ChangedFile[]
  added: boolean
  isWeak: boolean
}

/** Records the RED of changed tests, or returns why they prove nothing. */
function redOnLayers(
  context: Context,
  { task, testRunner, red, changed, added, isWeak }: ChangedTestsRequest,
  layers: (file: string) => Layer,
): Promise<EventOf<'red'> | Refusal> {
  const files = Object.keys(red.files)
  const { names } = red
  context.call.note('running the changed tests on the sources of the RED')
  return inCheckout(context, red, layers, async ({ root, tree }) => {
    const result = await runTestsAt(context, testRunner, root, { files, names })
    const verdict = judgeChangedTests(result.outcome, red, isWeak)
    if (verdict.proves === 'nothing') {
      const fact = `${textsOf(changed)} since the RED of ${task.id}. On the sources of that RED: ${verdict.fact}`
      return refuseVerdict(context, task, 'GREEN', { ...verdict, fact }, result)
    }
    await prepareSnapshot(context, tree, root)
    return withTransaction(context.call, now => {
      const { task: same, status } = requireStage(now, requireTask(now, task.id), 'record_red')
      if (status.history.red?.hash !== red.hash) throw redWasReplaced(now, task)
      const tests = verdict.loadFailure ? red.tests : result.tests
      const hashes = runInCheckout(context, testRunner, files, { root, tree })
      const observed = { ...result, tests, ...hashes }
      const support = changed.map(({ file }) => file).filter(file => !files.includes(file))
      const details = { names, checkout: 'tests-changed' as const, added, support, root }
      return recordRedRun(now, same, observed, details)
    })
  })
}
