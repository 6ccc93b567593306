import type { EventOf } from '../../evidence/event.ts'
import { judgeAgain } from '../../evidence/verdict.ts'
import type { Task } from '../../plan/plan.ts'
import { changedPaths, takeTree, type Tree } from '../../store/tree.ts'
import { inCheckout } from './checkout.ts'
import { requireTask, type Context } from '../context/context.ts'
import { requireStage } from '../guards/may-move.ts'
import { supportChanges, testChanges } from '../guards/unchanged-tests.ts'
import { hashOfTests, isMixed, isTestCode, overlayOf } from '../testing/inline-tests.ts'
import { prepareSnapshot, treeOfEvent, textInSnapshot } from '../testing/snapshots.ts'
import { recordRedRun } from '../testing/record-run.ts'
import { withTransaction } from '../context/transaction.ts'
import { Refusal } from '../context/refusal.ts'
import { refuseVerdict } from '../testing/verdict-refusal.ts'
import type { TestRunner } from '../testing/test-runner.ts'
import { runInCheckout } from '../testing/frozen-files.ts'
import { runTestsAt } from '../testing/test-run.ts'

/**
 * The RED of the tests as they are now: the recorded one while they have its bytes. When they were changed, they are run
 * on the sources of RED, aside; if what was red fails there again, that is their RED, and is recorded as one.
 */
export async function redForChangedTests(
  context: Context,
  task: Task,
  testRunner: TestRunner,
  red: EventOf<'red'>,
): Promise<EventOf<'red'>> {
  const changed = await changesSince(context, task, testRunner, red)
  if (changed.length === 0) return red
  if (red.snapshot === undefined) throw unseen(context, task, changed)
  return runChangedTests(context, task, testRunner, { ...red, snapshot: red.snapshot }, changed)
}

/** What changed of the tests since RED; refuses what no run could make good. */
export async function changesSince(
  context: Context,
  task: Task,
  testRunner: TestRunner,
  red: EventOf<'red'>,
): Promise<string[]> {
  const { tests, gone, configuration } = testChanges(context, testRunner, red)
  if (configuration.length > 0) throw otherConfiguration(task, configuration)
  if (gone.length > 0) throw testsGone(context, task, gone)
  const now = await takeTree(context.workspace)
  const before = await treeAtRed(context, task, red)
  const support = supportChanges(testRunner, task, { before, now })
  const among = await changesAmongCode(context, testRunner, red, changedPaths(before, now))
  return [...new Set([...tests, ...support, ...among])]
}

/** What is compiled for tests alone can stand in any source, and decide what the tests of another one say. */
async function changesAmongCode(
  context: Context,
  testRunner: TestRunner,
  red: EventOf<'red'>,
  changed: readonly string[],
): Promise<string[]> {
  const others = changed.filter(file => isMixed(testRunner, file) && red.files[file] === undefined)
  const found: string[] = []
  for (const file of others) {
    const then = hashOfTests(testRunner, (await textInSnapshot(context, red, file)) ?? '')
    const now = hashOfTests(testRunner, context.reader.read(file) ?? '')
    if (then !== now) found.push(`what ${file} has for tests alone was changed`)
  }
  return found
}

/** The files as they were at RED; without them nothing can be said about what changed. */
export function treeAtRed(context: Context, task: Task, red: EventOf<'red'>): Promise<Tree> {
  return treeOfEvent(context, task, red, 'was red with')
}

function runChangedTests(
  context: Context,
  task: Task,
  testRunner: TestRunner,
  red: EventOf<'red'> & { snapshot: string },
  changed: readonly string[],
): Promise<EventOf<'red'>> {
  const files = Object.keys(red.files)
  const { names } = red
  context.call.note('running the changed tests on the sources of before')
  return inCheckout(
    context,
    red,
    overlayOf(testRunner, file => isTestCode(testRunner, file)),
    async ({ root, tree }) => {
      const seen = await runTestsAt(context, testRunner, root, { files, names })
      const verdict = judgeAgain(seen.outcome, red)
      if (verdict.proves === 'nothing') {
        const fact = `${changed.join(', ')} since the tests of ${task.id} were seen to fail, and on the sources of then: ${verdict.fact}`
        throw refuseVerdict(context, task, 'GREEN', { ...verdict, fact }, seen)
      }
      await prepareSnapshot(context, tree, root)
      return withTransaction(context.call, now => {
        const { task: same, status } = requireStage(now, requireTask(now, task.id), 'record_red')
        if (status.history.red?.hash !== red.hash) throw redWasReplaced(now, task)
        const tests = verdict.loadFailure ? red.tests : seen.tests
        const proving = {
          ...seen,
          tests,
          ...runInCheckout(context, testRunner, files, { root, tree }),
        }
        return recordRedRun(now, same, proving, { names, checkout: 'tests-changed', root })
      })
    },
  )
}

/** Another call was faster: what this one has seen is about a RED that does not stand any more. */
export function redWasReplaced(context: Context, task: Task): Refusal {
  return new Refusal(
    'conflict',
    `Another RED of ${task.id} was recorded while its tests ran, so this run proves nothing and was not recorded.`,
    `${context.call.frontend.describeStep('record_green', { task: task.id })} again.`,
  )
}

function otherConfiguration(task: Task, changes: readonly string[]): Refusal {
  return new Refusal(
    'tests_changed',
    `${changes.join(', ')} since the tests of ${task.id} were seen, and decides what they say.`,
    'Nothing was run. Put it back: how tests are run is settled before a task is begun, or after it is done.',
  )
}

function testsGone(context: Context, task: Task, gone: readonly string[]): Refusal {
  return new Refusal(
    'tests_missing',
    `${gone.join(', ')} ${gone.length === 1 ? 'is' : 'are'} gone, which ${task.id} was red with, so nothing was run.`,
    `Put ${gone.length === 1 ? 'it' : 'them'} back, then ${context.call.frontend.describeStep('record_green', { task: task.id })} again.`,
  )
}

/** Without the sources of before, a changed test cannot be seen to fail for want of the new code. */
function unseen(context: Context, task: Task, changed: readonly string[]): Refusal {
  return new Refusal(
    'tests_changed',
    `${changed.join(', ')} since the tests of ${task.id} were seen, and git keeps no sources of then to run them on.`,
    'Nothing was run.',
    `Put it back; or, when the test itself was wrong, take the new code away for a moment and ${context.call.frontend.describeStep('record_red', { task: task.id })} again, so that the changed test is seen to fail.`,
  )
}
