import type { EventOf } from '../evidence/event.ts'
import type { Reverified } from '../evidence/event-parts.ts'
import type { Judges } from '../evidence/judges.ts'
import { mayStart } from '../plan/order.ts'
import type { Task } from '../plan/plan.ts'
import { detailsOf, wordsOf } from '../plan/task-words.ts'
import type { CheckKind } from '../runner/known-checks.ts'
import { onlyInspects } from '../plan/asked-work.ts'
import { takeTree } from '../store/tree.ts'
import { saveTree, loadTree } from '../store/saved-trees.ts'
import type { Call } from './context/call.ts'
import { waitingRefusal } from './guards/choose-task.ts'
import { confirmByHuman } from './approval/confirm.ts'
import { changesSince } from './checkout/changed-tests.ts'
import type { Context } from './context/context.ts'
import { namedTask, requireTask } from './context/named-task.ts'
import { showActivity } from './context/leases.ts'
import { withTransaction, openContext } from './context/transaction.ts'
import { finishTask } from './completion/finish-task.ts'
import {
  repeatedResponse,
  recordedSuite,
  suiteOfRefactoring,
  type MarkResponse,
} from './completion/response.ts'
import { passJudges, type PassedJudge } from './completion/lint.ts'
import { refuseLoosenedJudges } from './completion/loosened-judges.ts'
import { requireStage, type StartedTask } from './guards/may-move.ts'
import { joinAsLines } from '../runner/safe-text.ts'
import { ownChanges, refuseMoved } from './guards/moved.ts'
import { refuseMissingFiles } from './guards/named-files.ts'
import { refuseRewrittenTask } from './guards/rewritten.ts'
import { refuseUnchangedFiles } from './guards/unchanged-files.ts'
import { requireSuite, type SuiteResult } from './completion/suite.ts'
import { changedCode, refuseUntestedChange } from './completion/untested-change.ts'
import { refuseBrokenTests, refuseWeakenedTests } from './completion/weakened-tests.ts'
import { refuseWeakTests } from './completion/weak-tests.ts'
import { testRunnerOf, runGreen } from './record-green.ts'
import { recordRefactoring } from './record-refactoring.ts'
import { Refusal } from './context/refusal.ts'
import { humanTaskRefusal } from './approval/needs-human.ts'
import { requirePass } from './testing/pass.ts'
import { scheduleState } from './context/schedule-state.ts'
import { taskStates } from './context/task-state.ts'
import { currentJudges } from './testing/judges.ts'
import { restoreTree } from './testing/snapshots.ts'
import type { TestRunner } from './testing/package-runner.ts'
import { findTestRunner } from './testing/test-runner.ts'
import { runAndObserve } from './testing/observed-run.ts'

export interface MarkRequest {
  task: string
  /** What was cleaned up, or why nothing was. */
  refactor?: string | undefined
}

/** Checks again everything that the task's kind requires, then marks the task done in the user's file. */
export async function markComplete(call: Call, request: MarkRequest): Promise<MarkResponse> {
  const context = await openContext(call)
  const task = namedTask(context, request.task)
  const status = taskStates(context).get(task.id)
  const done = status?.stage === 'done' ? status.history.done : undefined
  if (done) return repeatedResponse(context, task, done, request.refactor)
  if (task.kind === 'person') return markByHuman(call, context, task)
  const started = requireStage(context, task, 'mark_complete')
  await showActivity(context, task)
  refuseRewrittenTask(context, started)
  await refuseMissingFiles(context, started)
  if (!isShownByRun(started)) await refuseUnchangedFiles(context, started)
  if (await reprove(context, started)) return markComplete(call, request)
  const checked = await checkWork(context, started)
  const before = proofOf(started)
  return withTransaction(call, context => {
    const started = requireStage(context, requireTask(context, task.id), 'mark_complete')
    refuseRewritten(context, task, started.task)
    refuseOtherProof(context, started, before)
    return finishTask(context, started.task, {
      ...checked,
      refactor: request.refactor,
      proof: [...new Set([...proofOf(started), ...(checked.suite ? [checked.suite.proof] : [])])],
    })
  })
}

/** Its words ask only to look at something, and its GREEN has a run that did. */
function isShownByRun({ task, status }: StartedTask): boolean {
  return status.history.green?.run !== undefined && onlyInspects(task.title)
}

/** If the tests, or the code of a refactoring, changed since they were recorded, records them again. True if it did. */
async function reprove(context: Context, started: StartedTask): Promise<boolean> {
  const { task, status } = started
  const { red, green } = status.history
  if (task.kind === 'refactor') {
    const isRecorded = green && (await isUnchangedSince(context, task, green))
    if (!isRecorded) await recordRefactoring(context, started)
    return !isRecorded
  }
  if (!red) return false
  const testRunner = testRunnerOf(context, red)
  const changed = await changesSince(context, task, testRunner, red)
  if (changed.length === 0) return false
  if (!green)
    throw testsChanged(
      context,
      task,
      changed.map(({ text }) => text),
    )
  await runGreen(context, task, red)
  return true
}

async function isUnchangedSince(
  context: Context,
  task: Task,
  green: EventOf<'green'>,
): Promise<boolean> {
  const tree = await restoreTree(context, green)
  if (!tree) return false
  return ownChanges(context, task, tree, await takeTree(context.workspace)).length === 0
}

function testsChanged(context: Context, task: Task, changed: readonly string[]): Refusal {
  return new Refusal(
    'tests_changed',
    `The tests of ${task.id} changed after their RED (${changed.join(', ')}), so it was not marked.`,
    `To record the RED of the changed tests, ${context.call.frontend.describeStep('record_red', { task: task.id })}.`,
  )
}

/** A human confirms the task: the server has nothing to check. */
async function markByHuman(call: Call, context: Context, task: Task): Promise<MarkResponse> {
  const start = mayStart(context.plan, task.id, scheduleState(context))
  // A model cannot do the task, whatever it waits for. A human is shown what it waits for.
  if (!call.frontend.human) throw humanTaskRefusal(context, task)
  if (!start.ready) throw waitingRefusal(context, task.id, start.waits)
  const question = joinAsLines([
    `${task.id} ${task.title}`,
    ...detailsOf(task),
    'Have you reviewed it, and is it correct?',
  ])
  const command = `mark-complete ${task.id}`
  const { person, channel } = await confirmByHuman(call, question, command, wordsOf(task))
  const proven = { tree: '', proof: [], confirmedBy: person, channel }
  return withTransaction(call, current => {
    const confirmed = requireTask(current, task.id)
    refuseRewritten(current, task, confirmed)
    // Another human may have confirmed it while this one was asked.
    const { stage, history } = taskStates(current).get(task.id) ?? {}
    if (stage === 'done' && history?.done) return repeatedResponse(current, confirmed, history.done)
    return finishTask(current, confirmed, proven)
  })
}

/** Refuses if somebody rewrote the task while it was checked: the proof, or the human's answer, is for the earlier text. */
function refuseRewritten(context: Context, checked: Task, current: Task): void {
  if (wordsOf(checked) === wordsOf(current)) return
  const { id, location } = current
  throw new Refusal(
    'conflict',
    `${location.path}, line ${location.line}: ${id} was rewritten while it was checked, so it was not marked.`,
    `Read the task again. Then ${context.call.frontend.describeStep('mark_complete', { task: id })} again.`,
  )
}

/** Refuses if another call recorded a new RED or GREEN while the work was checked. */
function refuseOtherProof(context: Context, started: StartedTask, before: readonly string[]): void {
  if (proofOf(started).join() === before.join()) return
  const { id } = started.task
  throw new Refusal(
    'conflict',
    `Another run of ${id} was recorded while its suite ran, so it was not marked.`,
    `To check the new run, ${context.call.frontend.describeStep('mark_complete', { task: id })} again.`,
  )
}

interface CheckedWork {
  suite?: SuiteResult
  accepted: Partial<Record<CheckKind, PassedJudge>>
  reverified: Reverified[]
  judges: Judges
  tree: string
}

/**
 * Checks that linter and type checker accept the work, that no test was weakened, that the suite passes, that each change has a test, and
 * that no file changed meanwhile.
 */
async function checkWork(context: Context, started: StartedTask): Promise<CheckedWork> {
  const { task, status } = started
  const proof = status.history.green ?? status.history.red
  const testRunner =
    proof && Object.keys(proof.files).length > 0 ? testRunnerOf(context, proof) : undefined
  // What is fast comes first, and before the suite, because the number of its runs is limited.
  const accepted = await passJudges(context, started)
  await refuseLoosenedJudges(context, task)
  await refuseWeakTests(context, started)
  const reverified = await refuseWeakenedTests(context, task)
  const forSuite = await suiteRunner(context, started, testRunner)
  const suite = forSuite
    ? await runSuite(context, started, forSuite)
    : suiteOfRefactoring(status.history.green)
  // After the suite, which names tests of earlier tasks that are gone.
  await refuseBrokenTests(context, started)
  const after = await takeTree(context.workspace)
  await refuseUntestedChange(context, started, after)
  saveTree(context.state, after)
  if (suite) {
    const before = loadTree(context.state, suite.tree)
    if (!before) throw new Error('The tree of the suite that just ran is missing.')
    refuseMoved(context, task, { before, after })
  }
  const judges = await currentJudges(context, after)
  return { ...(suite && { suite }), accepted, reverified, judges, tree: after.hash }
}

/** The test runner for the suite, if the task can have broken it: it builds something, or it changed code and there are tests. */
async function suiteRunner(
  context: Context,
  started: StartedTask,
  own: TestRunner | undefined,
): Promise<TestRunner | undefined> {
  const { kind } = started.task
  // Its GREEN is a full suite, on these files.
  if (kind === 'refactor') return undefined
  if (kind === 'build' || kind === 'cover') return own
  const now = await takeTree(context.workspace)
  if ((await changedCode(context, started, now)).length === 0) return undefined
  const testRunner = findTestRunner(context)
  const hasTests = Object.keys(now.files).some(file => testRunner?.isTest(file))
  return hasTests ? testRunner : undefined
}

async function runSuite(
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
  // A suite excuses what other tasks have to fix. That a test of this task passes must not rest on a warm run alone.
  if (red && green?.run?.warm && mayExcuseTestsIn(suite, Object.keys(red.files)))
    await passOwnTests(context, task, testRunner, red)
  return suite
}

/** A suite has to pass every test of these files that it did not excuse. */
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

function proofOf({ status }: StartedTask): string[] {
  const { red, green } = status.history
  return [red, green].flatMap(event => (event ? [event.hash] : []))
}
