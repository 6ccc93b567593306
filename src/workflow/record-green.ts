import type { EventOf } from '../evidence/event.ts'
import { judgeGreen } from '../evidence/verdict.ts'
import type { Task } from '../plan/plan.ts'
import { takeTree } from '../store/tree.ts'
import type { Call } from './context/call.ts'
import { changesSince, redForChangedTests } from './checkout/changed-tests.ts'
import { redWasReplaced } from './checkout/changed-tests-refusals.ts'
import { firstVersionFailing } from './checkout/superseded-tests.ts'
import { refuseRestoredCode } from './checkout/restored-code.ts'
import { refuseDataAlone } from './checkout/test-data.ts'
import { capitalize } from './context/capitalize.ts'
import type { Context } from './context/context.ts'
import { reloadLedger } from './context/reload-context.ts'
import { namedTask, requireTask } from './context/named-task.ts'
import { showActivity } from './context/leases.ts'
import { withTransaction, openContext } from './context/transaction.ts'
import { requireStage } from './guards/require-stage.ts'
import { refuseMoved } from './guards/moved.ts'
import { refuseNothingNew, testDataSince } from './guards/nothing-new.ts'
import { earlyFunctions } from './mutation/early-functions.ts'
import { checkMutations } from './mutation/mutation-check.ts'
import { prepareSnapshot } from './testing/snapshots.ts'
import { recordGreenRun } from './testing/record-run.ts'
import { recordCheck } from './record-check.ts'
import { recordRefactoring } from './record-refactoring.ts'
import { withEarlyFunctions } from './response/early-function-notes.ts'
import { repeatedRun, runResponse, type RunResponse } from './response/run-response.ts'
import { withTestData } from './response/test-data-notes.ts'
import { Refusal } from './context/refusal.ts'
import { requirePass } from './testing/require-pass.ts'
import type { TestRunner } from './testing/package-runner.ts'
import { runAndObserve, runWarmAndObserve, type ObservedRun } from './testing/observed-run.ts'
import { testRunnerOf } from './testing/test-runner.ts'

export interface GreenRequest {
  task: string
  /** A named check of the settings, for tasks of kind `check`. */
  check?: string | undefined
}

/** Runs the tests of the RED again and records that they pass. The tests must be unchanged. */
export async function recordGreen(call: Call, request: GreenRequest): Promise<RunResponse> {
  const context = await openContext(call)
  const task = namedTask(context, request.task)
  const started = requireStage(context, task, 'record_green')
  await showActivity(context, task)
  const { status } = started
  if (task.kind === 'check') return recordCheck(context, started, request.check)
  refuseCheck(context, task, request.check)
  const { red, green } = status.history
  if (task.kind === 'refactor') {
    if (green && (await isUnchangedSince(context, green.tree))) return repeatedRun(context, green)
    const recorded = await recordRefactoring(context, started)
    return runResponse(reloadLedger(context), recorded)
  }
  if (!red) throw new Error(`Task ${task.id} is at stage ${status.stage} without a RED.`)
  if (green && (await isUnchangedSince(context, green.tree)))
    return repeatedRun(await checkMutations(context, task), green)
  const recorded = await runGreen(context, task, red, true)
  const after = await checkMutations(reloadLedger(context), task)
  const response = withTestData(
    runResponse(after, recorded),
    await expectedData(context, task, red),
  )
  return withEarlyFunctions(
    response,
    task.kind === 'build' ? await earlyFunctions(after, task) : [],
  )
}

/** Data for tests that was written after the RED. Absent for a retroactive RED, which ran on earlier sources. */
async function expectedData(
  context: Context,
  task: Task,
  red: EventOf<'red'>,
): Promise<readonly string[]> {
  if (red.checkout === 'late' || task.kind === 'cover') return []
  return testDataSince(context, task, testRunnerOf(context, red), red)
}

/**
 * Runs the tests of a RED and records the GREEN. If the tests changed, it first records their RED again.
 *
 * @param warm a runner that was started before may run the tests
 */
export async function runGreen(
  context: Context,
  task: Task,
  recorded: EventOf<'red'>,
  warm = false,
): Promise<EventOf<'green'>> {
  const testRunner = testRunnerOf(context, recorded)
  const red = await redForChangedTests(context, task, testRunner, recorded)
  await refuseNothingNew(context, task, testRunner, red)
  const selection = { files: Object.keys(red.files), names: red.names }
  const observed = warm
    ? await runWarmAndObserve(context, testRunner, selection, {
        proves: outcome => judgeGreen(outcome, red.tests).proves === 'green',
        runsAgain: false,
      })
    : await runAndObserve(context, testRunner, selection.files, selection.names)
  await judge(context, task, testRunner, red, observed)
  await refuseDataAlone(context, task, testRunner, red)
  await refuseRestoredCode(context, task, testRunner, red)
  const superseded = await firstVersionFailing(context, task, testRunner, red)
  await prepareSnapshot(context, observed.after)
  return withTransaction(context.call, context => {
    const { task: same, status } = requireStage(
      context,
      requireTask(context, task.id),
      'record_green',
    )
    if (status.history.red?.hash !== red.hash) throw redWasReplaced(context, task)
    return recordGreenRun(context, same, observed, red.names, superseded)
  })
}

function testsMoved(changed: readonly string[]): Refusal {
  return new Refusal(
    'moved',
    `Test files changed during the run (${changed.join(', ')}). Nothing was recorded.`,
    'Stop editing and call the tool again.',
  )
}

function refuseCheck(context: Context, task: Task, check: string | undefined): void {
  if (check === undefined) return
  throw new Refusal(
    'bad_arguments',
    `${task.id} is proven as \`${task.kind}\` (${task.kindReason}), which needs its tests and not the check ${check}. Nothing was run.`,
    `${capitalize(context.call.frontend.describeStep('record_green', { task: task.id }))}, without \`check\`.`,
  )
}

async function isUnchangedSince(context: Context, tree: string): Promise<boolean> {
  return (await takeTree(context.workspace)).hash === tree
}

async function judge(
  context: Context,
  task: Task,
  testRunner: TestRunner,
  red: EventOf<'red'>,
  observed: ObservedRun,
): Promise<void> {
  refuseMoved(context, task, observed)
  const changed = await changesSince(context, task, testRunner, red)
  if (changed.length > 0) throw testsMoved(changed.map(({ text }) => text))
  await requirePass(context, task, testRunner, red, observed)
}
