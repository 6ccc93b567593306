import type { EventOf } from '../../evidence/event.ts'
import type { RecordedTest } from '../../evidence/event-parts.ts'
import type { LoadError } from '../../evidence/outcome.ts'
import { provenTests } from '../../evidence/proven-tests.ts'
import {
  judgeGreen,
  judgeRed,
  type NoProof,
  type RedVerdict,
  type LoadFailureCheck,
} from '../../evidence/verdict.ts'
import { isSource } from '../../plan/file-role.ts'
import type { Task } from '../../plan/plan.ts'
import { requireTask, type Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import { withTransaction } from '../context/transaction.ts'
import { requireStage, type StartedTask } from '../guards/may-move.ts'
import type { TestFiles } from '../guards/test-files.ts'
import { runInCheckout } from '../testing/frozen-files.ts'
import { isMixed, isTestCode, overlayOf } from '../testing/inline-tests.ts'
import { recordRedRun } from '../testing/record-run.ts'
import {
  prepareSnapshot,
  snapshotAtStart,
  storedSnapshot,
  textInSnapshot,
  type StoredSnapshot,
} from '../testing/snapshots.ts'
import { runTestsAt, type TestRunResult } from '../testing/test-run.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import { outputBlock, refuseVerdict } from '../testing/verdict-refusal.ts'
import { inCheckout } from './checkout.ts'

/**
 * A retroactive RED, for code that exists already. The tests run in a checkout with the sources of the task's start or, if they
 * pass there or the task only covers existing code, of the feature's start. Everything but the sources is current. As a control,
 * the same tests must pass in a checkout in which the sources are current too.
 */
export async function lateRed(
  context: Context,
  started: StartedTask,
  { testRunner, files }: TestFiles,
  names: string[],
): Promise<EventOf<'red'>> {
  const { task } = started
  const request = { task, testRunner, files, names }
  let stillPassing: Refusal | undefined
  for (const base of basesOf(context, started)) {
    const red = await redOnBase(context, request, base)
    if (!(red instanceof Refusal)) return red
    stillPassing = red
  }
  throw stillPassing ?? sourcesMissing(context, task)
}

interface Request {
  task: Task
  testRunner: TestRunner
  files: string[]
  names: string[]
}

/** Earlier sources to run tests on. */
interface Base extends StoredSnapshot {
  /** Whose start they are from. */
  of: 'task' | 'feature'
}

/** Records a RED on these sources, or returns a refusal if the tests pass on them. */
async function redOnBase(
  context: Context,
  request: Request,
  base: Base,
): Promise<EventOf<'red'> | Refusal> {
  const { task, testRunner, files, names } = request
  return inCheckout(
    context,
    base,
    overlayOf(testRunner, file => !isEarlierSource(testRunner, file)),
    async ({ root, tree }) => {
      const result = await runTestsAt(context, testRunner, root, { files, names })
      const missing = await missingModules(context, request, base)
      const loadErrors = [...result.outcome.loadErrors, ...missing]
      const observed = { ...result, outcome: { ...result.outcome, loadErrors } }
      const verdict = judgeLate(result, loadErrors)
      if (verdict.proves === 'nothing' && verdict.code === 'red_passes')
        return stillPasses(context, task, verdict.fact)
      if (verdict.proves === 'nothing') throw refuseVerdict(context, task, 'RED', verdict, observed)
      const control = await passWithCode(context, request, base)
      const tests = verdict.loadFailure ? control.map(asFailed) : observed.tests
      if (base.of === 'feature') refuseCopies(context, task, tests)
      await prepareSnapshot(context, tree, root)
      return withTransaction(context.call, now => {
        const { task: same } = requireStage(now, requireTask(now, task.id), 'record_red')
        const hashes = runInCheckout(context, testRunner, files, { root, tree })
        return recordRedRun(
          now,
          same,
          { ...observed, tests, ...hashes },
          { names, checkout: 'late', base: base.of, root },
        )
      })
    },
  )
}

/** A file that mixes code and tests and did not exist in the base: nothing there could have run its tests. */
async function missingModules(
  context: Context,
  { testRunner, files }: Request,
  base: Base,
): Promise<LoadError[]> {
  const mixed = files.filter(file => isMixed(testRunner, file))
  const texts = await Promise.all(mixed.map(file => textInSnapshot(context, base, file)))
  return mixed
    .filter((_file, index) => texts[index] === undefined)
    .map(file => ({ file, message: 'Without the code, this file is not part of the program.' }))
}

function judgeLate({ outcome }: TestRunResult, loadErrors: readonly LoadError[]): RedVerdict {
  const verdict = judgeRed(outcome, ANY_MODULE)
  const isEmpty = verdict.proves === 'nothing' && verdict.code === 'no_tests_ran'
  return isEmpty && loadErrors.length > 0 ? { proves: 'red', loadFailure: true } : verdict
}

/** Any missing module counts as missing because of the code: the control run shows that the tests load with it. */
const ANY_MODULE: LoadFailureCheck = { kind: 'test', allowMissing: 'test', isOwn: () => true }

/** The sources on which the tests may fail, the latest first. */
function basesOf({ ledger }: Context, { task, start }: StartedTask): Base[] {
  const own = task.kind === 'cover' ? undefined : storedSnapshot(start)
  const first = snapshotAtStart(ledger.events)
  return [
    ...(own ? [{ ...own, of: 'task' as const }] : []),
    ...(first && first.tree !== own?.tree ? [{ ...first, of: 'feature' as const }] : []),
  ]
}

function isEarlierSource(testRunner: TestRunner, file: string): boolean {
  return isSource(file) && !isTestCode(testRunner, file)
}

/** The control run: the tests pass in a checkout with the current sources, so that a failure without them is due to the code. */
async function passWithCode(
  context: Context,
  request: Request,
  base: Base,
): Promise<RecordedTest[]> {
  const { task, testRunner, files, names } = request
  return inCheckout(
    context,
    base,
    () => true,
    async ({ root }) => {
      const result = await runTestsAt(context, testRunner, root, { files, names })
      const verdict = judgeGreen(result.outcome, [])
      if (verdict.proves === 'nothing') throw failsWithCode(context, task, verdict, result)
      return result.tests
    },
  )
}

/** Tests that proved other tasks prove nothing about this one, even in a file of another name. */
function refuseCopies(context: Context, task: Task, tests: readonly RecordedTest[]): void {
  const known = new Set(
    [...provenTests(context.ledger.events)].map(([id, { file }]) => nameIn(id, file)),
  )
  const failed = tests.filter(test => test.outcome === 'failed')
  if (task.kind === 'cover' || !failed.every(({ id, file }) => known.has(nameIn(id, file)))) return
  throw new Refusal(
    'red_not_new',
    `"${failed[0]?.id ?? ''}" has the name of a test that proved another task, and fails only on the sources from before the feature.`,
    `No RED was recorded for ${task.id}. Write a test for what ${task.id} adds.`,
  )
}

function nameIn(id: string, file: string): string {
  return id.slice(file.length)
}

function asFailed(test: RecordedTest): RecordedTest {
  if (test.outcome !== 'passed') return test
  return {
    ...test,
    outcome: 'failed',
    reason: 'error',
    message: 'Its file cannot be loaded without the code.',
  }
}

function failsWithCode(
  context: Context,
  task: Task,
  { code, fact }: NoProof,
  { run }: TestRunResult,
): Refusal {
  return new Refusal(
    code,
    `In a checkout of the current files, code included: ${fact}`,
    `No RED was recorded for ${task.id}: with \`late\`, its tests must pass with the existing code.`,
    `Make them pass there (git must know the files that they need, or they must be installed), or ${context.call.frontend.describeStep('record_red', { task: task.id })} without \`late\`.`,
    outputBlock(run.output),
  )
}

function stillPasses(context: Context, task: Task, fact: string): Refusal {
  const step = context.call.frontend.describeStep('record_red', { task: task.id })
  return new Refusal(
    'red_passes',
    `${fact.replace(/\.$/, '')} with the sources from before the work, so the test does not depend on the code.`,
    `No RED was recorded for ${task.id}. Make the test check what the code does.`,
    // Code that is restored as it was does not prove that the task built something.
    task.kind === 'build'
      ? `If the code is older than the feature, ask a human to waive the task with \`redgreen waive ${task.id} --reason …\`.`
      : `If the code is older than the feature, remove it for a moment and ${step} without \`late\`.`,
  )
}

function sourcesMissing(context: Context, task: Task): Refusal {
  return new Refusal(
    'no_git',
    `Git has no snapshot of the sources from before ${task.id}, so nothing was run.`,
    `Remove the code under test for a moment, ${context.call.frontend.describeStep('record_red', { task: task.id })} without \`late\`, and restore the code.`,
  )
}
