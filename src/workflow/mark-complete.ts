import type { EventOf } from '../evidence/event.ts'
import type { Task } from '../plan/plan.ts'
import { onlyInspects } from '../plan/asked-work.ts'
import { takeTree } from '../store/tree.ts'
import type { Call } from './context/call.ts'
import { changesSince } from './checkout/changed-tests.ts'
import type { Context } from './context/context.ts'
import { namedTask, requireTask } from './context/named-task.ts'
import { showActivity } from './context/leases.ts'
import { withTransaction, openContext } from './context/transaction.ts'
import { finishTask } from './completion/finish-task.ts'
import { repeatedResponse, type MarkResponse } from './completion/response.ts'
import { requireStage, type StartedTask } from './guards/require-stage.ts'
import { ownChanges } from './guards/moved.ts'
import { refuseMissingFiles } from './guards/named-files.ts'
import { refuseRewrittenTask, refuseRewrittenMeanwhile } from './guards/rewritten.ts'
import { refuseUnchangedFiles } from './guards/unchanged-files.ts'
import { runGreen } from './record-green.ts'
import { testRunnerOf } from './testing/test-runner.ts'
import { recordRefactoring } from './record-refactoring.ts'
import { Refusal } from './context/refusal.ts'
import { taskStates } from './context/task-state.ts'
import { restoreTree } from './testing/snapshots.ts'
import { checkWork } from './completion/check-work.ts'
import { confirmTask } from './human/confirm-task.ts'

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
  if (task.kind === 'person') return confirmTask(call, context, task)
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
    refuseRewrittenMeanwhile(context, task, started.task)
    refuseOtherProof(context, started, before)
    return finishTask(context, started.task, {
      ...checked,
      refactor: request.refactor,
      proof: [...new Set([...proofOf(started), ...(checked.suite ? [checked.suite.proof] : [])])],
    })
  })
}

/** Whether the title asks only to inspect something, and the GREEN has a run that did so. */
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

function proofOf({ status }: StartedTask): string[] {
  const { red, green } = status.history
  return [red, green].flatMap(event => (event ? [event.hash] : []))
}
