import type { EventOf } from '../../evidence/event.ts'
import { suiteResult } from '../../evidence/refactoring.ts'
import { judgeEnd } from '../../evidence/run-end.ts'
import type { Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { record } from '../context/record.ts'
import { withTransaction } from '../context/transaction.ts'
import { type Block, Refusal, type RefusalCode } from '../context/refusal.ts'
import type { StartedTask } from '../guards/require-stage.ts'
import { refuseMoved } from '../guards/moved.ts'
import { isTestCode } from '../testing/inline-tests.ts'
import {
  prepareSnapshot,
  storedSnapshot,
  storeSnapshot,
  type SnapshotFields,
} from '../testing/snapshots.ts'
import { runAndObserve } from '../testing/observed-run.ts'
import { runSuiteAt, type TestRunResult } from '../testing/test-run.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import { outputOf } from '../testing/verdict-refusal.ts'
import { inCheckout } from './checkout.ts'

/**
 * The suite on the files at the start of a refactoring, either as recorded, or run now in a checkout. Newer tests run there too: if they
 * pass, they show what the code did before.
 */
export async function suiteBefore(
  context: Context,
  started: StartedTask,
  testRunner: TestRunner,
  atStart: Tree,
): Promise<EventOf<'before'>> {
  const { task, status, start } = started
  const known = status.history.before
  if (known && known.passed.length > 0) return known
  const snapshot = storedSnapshot(start)
  if (!snapshot) throw notRun(context, started, 'git has no snapshot of them', '', 'no_git')
  context.call.note(`running the suite on the sources from before ${task.id}`)
  const result = await inCheckout(
    context,
    snapshot,
    file => atStart.files[file] === undefined && isTestCode(testRunner, file),
    ({ root }) => runSuiteAt(context, testRunner, root),
  )
  refuseNotRun(context, started, result)
  // A new test that fails on the earlier code shows nothing about it.
  const failing = suiteResult(result.outcome).failing.filter(id => {
    const [file = ''] = id.split(' > ')
    return atStart.files[file] !== undefined
  })
  return withTransaction(context.call, context =>
    recordIn(context, started, { ...result, failing }, snapshot),
  )
}

/** Records the suite at the start of a refactoring. Nothing has changed yet, so it runs in the workspace. */
export async function recordSuiteBefore(
  context: Context,
  started: StartedTask,
  testRunner: TestRunner,
): Promise<EventOf<'before'>> {
  const known = started.status.history.before
  if (known) return known
  const observed = await runAndObserve(context, testRunner, [], [])
  refuseMoved(context, started.task, observed)
  refuseNotRun(context, started, observed)
  await prepareSnapshot(context, observed.after)
  const purpose = { task: started.task.id, step: 'before' }
  return withTransaction(context.call, async context => {
    const snapshot = await storeSnapshot(context, observed.after, purpose)
    const { failing } = suiteResult(observed.outcome)
    return recordIn(context, started, { ...observed, failing }, snapshot)
  })
}

async function recordIn(
  context: Context,
  { task }: StartedTask,
  { outcome, run, counts, failing }: TestRunResult & { failing: readonly string[] },
  snapshot: SnapshotFields,
): Promise<EventOf<'before'>> {
  const { passed } = suiteResult(outcome)
  const [event] = await record(context, {
    kind: 'before',
    task: task.id,
    settings: context.settings.hash,
    ...snapshot,
    run,
    counts,
    passed,
    failing: [...failing],
  })
  if (event?.kind !== 'before') throw new Error('A suite was recorded as another kind of event.')
  return event
}

function refuseNotRun(context: Context, started: StartedTask, result: TestRunResult): void {
  const end = judgeEnd(result.outcome)
  const output = outputOf(context, result.run)
  if (end) throw notRun(context, started, end.fact.replace(/\.$/, ''), output, end.code)
  if (result.counts.passed > 0) return
  const { failed, errored } = result.counts
  const what =
    failed + errored > 0 ? `no test passed, and ${failed + errored} failed` : 'no test ran'
  throw notRun(context, started, what, output, 'no_tests_ran')
}

function notRun(
  context: Context,
  { task }: StartedTask,
  what: string,
  output: string | Block,
  code: RefusalCode,
): Refusal {
  const step = context.call.frontend.describeStep('record_green', { task: task.id })
  return new Refusal(
    code,
    `${task.id} is proven as \`refactor\` (${task.kindReason}): the same tests have to pass before and after. On the files from before the work: ${what}.`,
    `Nothing was recorded. If no test covers that code yet, write tests of what it did before (they run on the earlier code too), then ${step} again. If the suite only fails in the checkout, revert the change for a moment and ${step}: the suite is then recorded in the workspace. Otherwise ask a human to waive the task with \`redgreen waive ${task.id} --reason …\`.`,
    output,
  )
}
