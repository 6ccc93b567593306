import type { EventOf } from '../evidence/event.ts'
import type { Refactoring } from '../evidence/event-parts.ts'
import type { NoProof } from '../evidence/no-proof.ts'
import { judgeRefactoring } from '../evidence/refactoring.ts'
import { countOf, formatList } from '../plan/format-list.ts'
import type { Task } from '../plan/plan.ts'
import { channelHint } from './approval/remote-channels.ts'
import {
  brokenExpectations,
  changedTestFiles,
  suiteRunnerFor,
} from './checkout/earlier-expectations.ts'
import { recordSuiteBefore, suiteBefore } from './checkout/suite-before.ts'
import { refactoredCode } from './completion/refactored-code.ts'
import { expectationsFor } from './completion/suite-expectations.ts'
import type { Context } from './context/context.ts'
import { record } from './context/record.ts'
import { requireTask } from './context/named-task.ts'
import { HumanNeeded, Refusal } from './context/refusal.ts'
import { withTransaction } from './context/transaction.ts'
import { requireStage, type StartedTask } from './guards/require-stage.ts'
import { refuseMoved } from './guards/moved.ts'
import { isRefactored } from './guards/nothing-new.ts'
import { renewLease } from './context/leases.ts'
import { prepareSnapshot, storeSnapshot, treeAtStart } from './testing/snapshots.ts'
import { runAndObserve, type ObservedRun } from './testing/observed-run.ts'
import type { TestRunner } from './testing/package-runner.ts'
import { refuseVerdict } from './testing/verdict-refusal.ts'

/** Records the GREEN of a `refactor` task: the suite passes as it did on the files that the task was started with. */
export async function recordRefactoring(
  context: Context,
  started: StartedTask,
): Promise<EventOf<'green'>> {
  const { task, start } = started
  const testRunner = suiteRunnerFor(context, task.files)
  if (!testRunner) throw noTestRunner(context, task)
  const atStart = await treeAtStart(context, task, start)
  if (!(await isRefactored(context, testRunner, { task, start }, atStart)))
    throw await nothingRefactored(context, started, testRunner)
  const before = await suiteBefore(context, started, testRunner, atStart)
  const observed = await runAndObserve(context, testRunner, [], [])
  refuseMoved(context, task, observed)
  const trees = { before: atStart, now: observed.after }
  const tests = await changedTestFiles(context, testRunner, start, trees)
  const verdict = judgeRefactoring(
    observed.outcome,
    before,
    expectationsFor(context, task, observed.later),
    { changed: new Set(tests), isNew: file => atStart.files[file] === undefined },
  )
  if (verdict.proves === 'nothing')
    throw refuseVerdict(context, task, 'GREEN', verdict, observed, missingDetails(task, verdict))
  const { passed } = before
  const broken = await brokenExpectations(context, testRunner, start, { passed, changed: tests })
  if (broken.length > 0) throw behaviourChanged(context, task, tests, broken)
  const { renamed, failing } = verdict
  await prepareSnapshot(context, observed.after)
  return recordGreen(context, task, observed, {
    before: before.hash,
    ...(Object.keys(renamed).length > 0 && { renamed }),
    ...(tests.length > 0 && { tests }),
    ...(failing.length > 0 && { failing }),
    code: await refactoredCode(context, testRunner, started, trees),
  })
}

/** A task may remove code together with its tests: then they cannot be restored. */
function missingDetails({ id }: Task, { code }: NoProof): { remedy?: string } {
  if (code !== 'tests_missing') return {}
  return {
    remedy: `Restore the missing tests under the same names. Then %green again. If ${id} removes the code that they test, no run can prove it: ask a human to waive the task with \`redgreen waive ${id} --reason …\`.`,
  }
}

function recordGreen(
  { call }: Context,
  { id }: Task,
  { after, run, counts }: ObservedRun,
  refactoring: Refactoring,
): Promise<EventOf<'green'>> {
  return withTransaction(call, async context => {
    const { task } = requireStage(context, requireTask(context, id), 'record_green')
    const snapshot = await storeSnapshot(context, after, { task: id, step: 'green' })
    const [event] = await record(context, {
      kind: 'green',
      task: id,
      settings: context.settings.hash,
      ...snapshot,
      run,
      // Only the counts are recorded, because the suite of a large project has too many tests for a line of the ledger.
      tests: [],
      counts,
      files: {},
      frozen: {},
      names: [],
      named: refactoring.code.map(({ file }) => file),
      refactoring,
    })
    await renewLease(context, task)
    if (event?.kind !== 'green') throw new Error('The recorded event is not a GREEN.')
    return event
  })
}

/** The state before the work is recorded, so that the refactoring can be compared even without git. */
async function nothingRefactored(
  context: Context,
  started: StartedTask,
  testRunner: TestRunner,
): Promise<Refusal> {
  const { id } = started.task
  const { counts } = await recordSuiteBefore(context, started, testRunner)
  return new Refusal(
    'nothing_changed',
    `Nothing but tests, documents and comments changed since ${id} was started. The suite from before the work is recorded: ${counts.passed} passed, ${counts.failed + counts.errored} failed.`,
    `No GREEN was recorded. Refactor the code, then ${context.call.frontend.describeStep('record_green', { task: id })} again. If nothing is left to do, ask a human to waive the task with \`redgreen waive ${id} --reason …\`.`,
  )
}

function noTestRunner(context: Context, { id, kindReason }: Task): Refusal {
  const step = context.call.frontend.describeStep('record_green', { task: id })
  return new Refusal(
    'no_command',
    `${id} is proven as \`refactor\` (${kindReason}): the same tests have to pass before and after, and the project has no test runner that the server knows.`,
    `Nothing was recorded. Set up a test runner and write tests of what the code does now, then ${step} again; or ask a human to waive the task with \`redgreen waive ${id} --reason …\`.`,
  )
}

function behaviourChanged(
  context: Context,
  { id, kindReason }: Task,
  changed: readonly string[],
  broken: readonly string[],
): Refusal {
  const step = context.call.frontend.describeStep('record_green', { task: id })
  return new HumanNeeded(
    { step: 'approve' },
    'tests_changed',
    `${formatList(changed, 3)} changed, and in the earlier version ${countOf(broken.length, 'test')} that passed before ${id} ${broken.length === 1 ? 'fails' : 'fail'} by an assertion on the new code: ${formatList(
      broken.map(test => `"${test}"`),
      2,
    )}.`,
    `No GREEN was recorded: ${id} is proven as \`refactor\` (${kindReason}) and has to keep what the code does. Restore the expectation and the behaviour, then ${step} again.`,
    'If only a name that the test expects has changed, a human can confirm the changed tests with `redgreen approve` in a terminal.',
    channelHint(context),
  )
}
