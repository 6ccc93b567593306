import type { EventOf } from '../evidence/event.ts'
import type { RunRecord, Reverified } from '../evidence/event-parts.ts'
import { judgeGreen } from '../evidence/verdict.ts'
import { mayStart } from '../plan/order.ts'
import type { Task } from '../plan/plan.ts'
import { saveTree, loadTree, takeTree } from '../store/tree.ts'
import type { Call } from './context/call.ts'
import { waitingRefusal } from './guards/choose-task.ts'
import { confirmByHuman } from './approval/confirm.ts'
import { changesSince } from './checkout/changed-tests.ts'
import { requireTask, type Context } from './context/context.ts'
import { withTransaction, openContext } from './context/transaction.ts'
import { finishTask } from './completion/finish-task.ts'
import { repeatedResponse, recordedSuite, type MarkResponse } from './completion/response.ts'
import { passLint } from './completion/lint.ts'
import { requireStage, type StartedTask } from './guards/may-move.ts'
import { ownChanges, refuseMoved } from './guards/moved.ts'
import { refuseMissingFiles } from './guards/named-files.ts'
import { requireSuite, type SuiteResult } from './completion/suite.ts'
import { refuseUntestedChange } from './completion/untested-change.ts'
import { refuseWeakenedTests } from './completion/weakened-tests.ts'
import { testRunnerOf, runGreen } from './record-green.ts'
import { Refusal } from './context/refusal.ts'
import { humanTaskRefusal } from './approval/needs-human.ts'
import { refuseVerdict } from './testing/verdict-refusal.ts'
import { scheduleState } from './context/schedule-state.ts'
import { taskStates } from './context/task-state.ts'
import type { TestRunner } from './testing/test-runner.ts'
import { runAndObserve } from './testing/test-run.ts'

export interface MarkRequest {
  task: string
  /** What was cleaned up, or why nothing was. */
  refactor?: string | undefined
}

/** Checks once more what the task's kind asks for, and only then marks it in the user's file. */
export async function markComplete(call: Call, request: MarkRequest): Promise<MarkResponse> {
  const context = await openContext(call)
  const task = requireTask(context, request.task)
  const status = taskStates(context).get(task.id)
  const done = status?.stage === 'done' ? status.history.done : undefined
  if (done) return repeatedResponse(context, task, done)
  if (task.kind === 'person') return markByHuman(call, context, task)
  const started = requireStage(context, task, 'mark_complete')
  await refuseMissingFiles(context, task)
  if (await proveAgain(context, started)) return markComplete(call, request)
  const checked = await checkWork(context, started)
  const before = proofOf(started)
  return withTransaction(call, context => {
    const started = requireStage(context, requireTask(context, request.task), 'mark_complete')
    refuseRewritten(context, task, started.task)
    refuseOtherProof(context, started, before)
    return finishTask(context, started.task, {
      ...checked,
      refactor: request.refactor,
      proof: [...proofOf(started), ...(checked.suite ? [checked.suite.proof] : [])],
    })
  })
}

/** Tests that were changed since they were seen are seen again, first without the code and then with it. */
async function proveAgain(context: Context, { task, status }: StartedTask): Promise<boolean> {
  const { red, green } = status.history
  if (!red) return false
  const testRunner = testRunnerOf(context, red)
  const changed = await changesSince(context, task, testRunner, red)
  if (changed.length === 0) return false
  if (!green) throw rewritten(context, task, changed)
  await runGreen(context, task, red)
  return true
}

function rewritten(context: Context, task: Task, changed: readonly string[]): Refusal {
  return new Refusal(
    'tests_changed',
    `${changed.join(', ')} since the tests of ${task.id} were seen, so it was not marked.`,
    `${context.call.frontend.describeStep('record_red', { task: task.id })} again, so that they are seen to fail as they are now.`,
  )
}

/** A person looked, and says so: there is nothing that the server could have seen. */
async function markByHuman(call: Call, context: Context, task: Task): Promise<MarkResponse> {
  const start = mayStart(context.plan, task.id, scheduleState(context))
  // To a model it is a person's task whatever it waits for; to a person it says what that is.
  if (!call.frontend.human) throw humanTaskRefusal(context, task)
  if (!start.ready) throw waitingRefusal(context, task.id, start.waits)
  const question = `${task.id} ${task.title}\nHave you looked, and is it as it should be?`
  const { person, channel } = await confirmByHuman(call, question, `mark-complete ${task.id}`)
  const proven = { tree: '', proof: [], confirmedBy: person, channel }
  return withTransaction(call, now => finishTask(now, requireTask(now, task.id), proven))
}

/** What was proven is the task as it was read at the beginning; a person may have rewritten it since. */
function refuseRewritten(context: Context, then: Task, now: Task): void {
  if (meaningOf(then) === meaningOf(now)) return
  throw new Refusal(
    'conflict',
    `${now.location.path}, line ${now.location.line}: ${now.id} was rewritten while its tests ran, so it was not marked.`,
    `Nothing was lost. Read the task again, then ${context.call.frontend.describeStep('mark_complete', { task: now.id })} again.`,
  )
}

/** What was checked is the work that was proven at the beginning of the call. */
function refuseOtherProof(context: Context, started: StartedTask, before: readonly string[]): void {
  if (proofOf(started).join() === before.join()) return
  const { id } = started.task
  throw new Refusal(
    'conflict',
    `Another run of ${id} was recorded while its suite ran, so it was not marked.`,
    `Nothing was lost. ${context.call.frontend.describeStep('mark_complete', { task: id })} again.`,
  )
}

function meaningOf({ title, kind, files, acceptance }: Task): string {
  return JSON.stringify([title, kind, files, acceptance])
}

interface Checked {
  suite?: SuiteResult
  lint?: RunRecord
  reverified: Reverified[]
  tree: string
}

/** Tests unchanged, still green on what is there now, suite and linter content. */
async function checkWork(context: Context, started: StartedTask): Promise<Checked> {
  const { task, status } = started
  const seen = status.history.green ?? status.history.red
  const testRunner =
    seen && Object.keys(seen.files).length > 0 ? testRunnerOf(context, seen) : undefined
  // Before the suite, which is counted.
  const reverified = await refuseWeakenedTests(context, task)
  const suite =
    testRunner && implementsSomething(task) ? await rerun(context, started, testRunner) : undefined
  const lint = await passLint(context, task)
  const now = await takeTree(context.workspace)
  await refuseUntestedChange(context, started, now)
  saveTree(context.state, now)
  const from = loadTree(context.state, suite?.tree ?? seen?.tree ?? now.hash)
  if (suite && !from) throw new Error('The tree of the suite that just ran was not kept.')
  if (suite && from) refuseMoved(context, task, { before: from, after: now })
  return { ...(suite && { suite }), ...(lint && { lint }), reverified, tree: now.hash }
}

/** A task that only writes tests or settles configuration has nothing that a suite could be broken by. */
function implementsSomething(task: Task): boolean {
  return task.kind === 'build' || task.kind === 'cover'
}

async function rerun(
  context: Context,
  { task, status }: StartedTask,
  testRunner: TestRunner,
): Promise<SuiteResult> {
  const { red, green, suite } = status.history
  const now = await takeTree(context.workspace)
  // The suite was seen on exactly these files, and the answer got lost: no second run is spent.
  if (suite && suite.tree === now.hash && suite.failing.length === 0) return recordedSuite(suite)
  const then = green && loadTree(context.state, green.tree)
  const changed = !then || ownChanges(context, task, then, now).length > 0
  if (red && changed) await passOwnTests(context, task, testRunner, red)
  return requireSuite(context, task, testRunner)
}

async function passOwnTests(
  context: Context,
  task: Task,
  testRunner: TestRunner,
  red: EventOf<'red'>,
): Promise<void> {
  const observed = await runAndObserve(context, testRunner, Object.keys(red.files), red.names)
  refuseMoved(context, task, observed)
  const verdict = judgeGreen(observed.outcome, red.tests)
  if (verdict.proves === 'nothing') throw refuseVerdict(context, task, 'GREEN', verdict, observed)
}

function proofOf({ status }: StartedTask): string[] {
  const { red, green } = status.history
  return [red, green].flatMap(event => (event ? [event.hash] : []))
}
