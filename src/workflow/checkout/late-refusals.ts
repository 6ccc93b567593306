import type { NoProof } from '../../evidence/no-proof.ts'
import type { Task } from '../../plan/plan.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import { kindHint } from '../context/kind-hint.ts'
import { ownFileHint } from '../context/tests-in-advance.ts'
import type { TestRunResult } from '../testing/test-run.ts'
import { outputBlock, outputOf } from '../testing/verdict-refusal.ts'
import type { LateBase } from './late-base.ts'

/** The tests fail in the workspace too: their code is missing or does not work yet. */
export function failsHere(
  context: Context,
  task: Task,
  { code, fact }: NoProof,
  { run }: TestRunResult,
): Refusal {
  return new Refusal(
    code,
    `With the current files: ${fact}`,
    `No RED was recorded for ${task.id}: \`late\` is for code that exists and passes these tests.`,
    `If the code is missing or wrong, ${withoutLate(context, task)}, and then write or fix the code. If the test is wrong, fix the test and call the tool again.`,
    outputOf(context, run),
  )
}

/** The tests pass in the workspace, and fail with the same files in a checkout. */
export function failsInCheckout(
  context: Context,
  task: Task,
  { code, fact }: NoProof,
  { run }: TestRunResult,
): Refusal {
  return new Refusal(
    code,
    `The tests pass here, but not in a checkout of the current files, code included: ${fact}`,
    `No RED was recorded for ${task.id}: with \`late\`, its tests must pass with the existing code.`,
    `Make them pass there (git must know the files that they need, they must be installed, or commands.prepare in the settings must make them), or, if the code is new, remove it for a moment, ${withoutLate(context, task)}, and restore it.`,
    outputBlock(run.output),
  )
}

function withoutLate({ call }: Context, { id }: Task): string {
  return `${call.frontend.describeStep('record_red', { task: id })} without \`late\``
}

/** The tests that a call named for a task. */
interface NamedTests {
  task: Task
  files: readonly string[]
}

/** The tests pass on earlier sources. */
export function stillPasses(
  context: Context,
  { task, files }: NamedTests,
  fact: string,
  base: LateBase,
): Refusal {
  const step = context.call.frontend.describeStep('record_red', { task: task.id })
  if (base.of === 'green') return provesEarlierTask(context, task, fact, base.task ?? '')
  return new Refusal(
    'red_passes',
    `${fact.replace(/\.$/, '')} with the sources from before the work, so the test does not depend on the code.`,
    `No RED was recorded for ${task.id}. ${ownFileHint(context, task, files) || 'Make the test check what the code does.'}`,
    // Restoring the earlier code does not prove that the task built something.
    task.kind === 'build'
      ? `If the code is older than the feature, ask a human to waive the task with \`redgreen waive ${task.id} --reason …\`.`
      : `If the code is older than the feature, remove it for a moment and ${step} without \`late\`.`,
    kindHint(task),
  )
}

function provesEarlierTask(context: Context, task: Task, fact: string, earlier: string): Refusal {
  return new Refusal(
    'red_not_new',
    `${fact.replace(/\.$/, '')} on the sources with which ${earlier} was proven, so the tests show work of ${earlier} or of a task before it, and not of ${task.id}.`,
    ...whatIsNewOrWaived(context, task, earlier),
  )
}

function whatIsNewOrWaived(context: Context, task: Task, earlier: string): [string, string] {
  return [
    `No RED was recorded for ${task.id}. Write a test for what ${task.id} adds.`,
    `If ${earlier} already did all of it, or if the code was written too early, with that of ${earlier}, no run can show that it is new: keep the test, and ask a human to waive the task with \`redgreen waive ${task.id} --reason …\`, and then ${context.call.frontend.describeStep('next_task')}.`,
  ]
}

/** The tests pass although stand-ins that do nothing replace the new code. */
export function passesWithStandIns(
  context: Context,
  { task, files }: NamedTests,
  fact: string,
): Refusal {
  return new Refusal(
    'red_passes',
    `${fact.replace(/\.$/, '')} although functions that do nothing replaced the new code, so no assertion depends on it.`,
    `No RED was recorded for ${task.id}.`,
    ownFileHint(context, task, files),
    `Assert what the code returns or changes, then ${context.call.frontend.describeStep('record_red', { task: task.id, late: true })} again.`,
  )
}

/** Without the code, the tests could not even be loaded. */
export function onlyLoadFailure(
  context: Context,
  task: Task,
  { run, outcome }: TestRunResult,
  isNewHere: boolean,
): Refusal {
  const { frontend } = context.call
  const [first] = outcome.loadErrors
  return new Refusal(
    'red_not_loaded',
    `Without the new code the tests cannot be loaded (${first?.file ?? ''}: ${first?.message ?? 'unknown'}), so no assertion was seen to fail. ${task.id} is proven as \`${task.kind}\` (${task.kindReason}), which needs one.`,
    `No RED was recorded for ${task.id}.`,
    isNewHere
      ? `Replace the new code by an empty stub for a moment, ${frontend.describeStep('record_red', { task: task.id })} without \`late\`, restore the code, and ${frontend.describeStep('record_green', { task: task.id })}.`
      : `The code was there when ${task.id} was started. Ask a human to waive the task with \`redgreen waive ${task.id} --reason …\`, or add the next part of the task with a test of its own.`,
    outputOf(context, run),
  )
}

/** The tests have the names of tests that proved another task. */
export function isCopy(context: Context, task: Task, id: string): Refusal {
  return new Refusal(
    'red_not_new',
    `"${id}" has the name of a test that proved another task, and fails only on the sources from before the feature.`,
    ...whatIsNewOrWaived(context, task, 'that task'),
  )
}

/** Git has no earlier sources to run the tests on. */
export function sourcesMissing(context: Context, task: Task, isNewHere: boolean): Refusal {
  const { frontend } = context.call
  return new Refusal(
    'no_git',
    `Git has no snapshot of the sources from before ${task.id}, so nothing was run.`,
    isNewHere
      ? `Remove the code under test for a moment, ${frontend.describeStep('record_red', { task: task.id })} without \`late\`, and restore the code.`
      : `The code was there when ${task.id} was started. Ask a human to waive the task with \`redgreen waive ${task.id} --reason …\`.`,
  )
}
