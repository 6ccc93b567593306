import type { EventOf } from '../../evidence/event.ts'
import type { SeenTest } from '../../evidence/event-parts.ts'
import { provenTests } from '../../evidence/proven.ts'
import type { LoadError } from '../../evidence/outcome.ts'
import {
  judgeGreen,
  judgeRed,
  type Nothing,
  type RedVerdict,
  type LoadFailureCheck,
} from '../../evidence/verdict.ts'
import { isSource } from '../../plan/file-role.ts'
import type { Task } from '../../plan/plan.ts'
import { inCheckout } from './checkout.ts'
import { requireTask, type Context } from '../context/context.ts'
import { requireStage, type StartedTask } from '../guards/may-move.ts'
import type { TestFiles } from '../guards/test-files.ts'
import { isMixed, isTestCode, overlayOf } from '../testing/inline-tests.ts'
import {
  filesAtStart,
  keptFiles,
  textInSnapshot,
  prepareSnapshot,
  type StoredSnapshot,
} from '../testing/snapshots.ts'
import { recordRedRun } from '../testing/record-run.ts'
import { withTransaction } from '../context/transaction.ts'
import { Refusal } from '../context/refusal.ts'
import { codeBlock, refuseVerdict } from '../testing/verdict-refusal.ts'
import type { TestRunner } from '../testing/test-runner.ts'
import { runInCheckout } from '../testing/frozen-files.ts'
import { runTestsAt, type TestRunResult } from '../testing/test-run.ts'

/**
 * A RED for code that is there already: the sources are put back, aside, to what they were when the task was started, and
 * where that is not enough, or the task only covers what others built, when the feature was. All else is as it is now; and
 * with everything as it is now the tests have to pass there, or failing would say nothing about the code.
 */
export async function lateRed(
  context: Context,
  started: StartedTask,
  { testRunner, files }: TestFiles,
  names: string[],
): Promise<EventOf<'red'>> {
  const { task } = started
  const request = { task, testRunner, files, names }
  let passing: Refusal | undefined
  for (const base of basesOf(context, started)) {
    const red = await lateOn(context, request, base)
    if (!(red instanceof Refusal)) return red
    passing = red
  }
  throw passing ?? noSources(context, task)
}

interface Request {
  task: Task
  testRunner: TestRunner
  files: string[]
  names: string[]
}

/** The RED on these sources, or why the tests pass on them. */
async function lateOn(
  context: Context,
  request: Request,
  base: Base,
): Promise<EventOf<'red'> | Refusal> {
  const { task, testRunner, files, names } = request
  return inCheckout(
    context,
    base,
    overlayOf(testRunner, file => !isPutBack(testRunner, file)),
    async ({ root, tree }) => {
      const ran = await runTestsAt(context, testRunner, root, { files, names })
      const loadErrors = [...ran.outcome.loadErrors, ...(await unreached(context, request, base))]
      const seen = { ...ran, outcome: { ...ran.outcome, loadErrors } }
      const verdict = judgeLate(ran, loadErrors)
      if (verdict.proves === 'nothing' && verdict.code === 'red_passes')
        return stillPasses(context, task, verdict.fact)
      if (verdict.proves === 'nothing') throw refuseVerdict(context, task, 'RED', verdict, seen)
      const control = await passing(context, request, base)
      const tests = verdict.loadFailure ? control.map(asFailed) : seen.tests
      if (base.of === 'feature') refuseCopies(context, task, tests)
      await prepareSnapshot(context, tree, root)
      return withTransaction(context.call, now => {
        const { task: same } = requireStage(now, requireTask(now, task.id), 'record_red')
        const proving = {
          ...seen,
          tests,
          ...runInCheckout(context, testRunner, files, { root, tree }),
        }
        return recordRedRun(now, same, proving, { names, checkout: 'late', base: base.of, root })
      })
    },
  )
}

/** Tests among code are found by the code: in a source that was not there then, nothing could have run them. */
async function unreached(
  context: Context,
  { testRunner, files }: Request,
  base: Base,
): Promise<LoadError[]> {
  const mixed = files.filter(file => isMixed(testRunner, file))
  const then = await Promise.all(mixed.map(file => textInSnapshot(context, base, file)))
  return mixed
    .filter((_file, index) => then[index] === undefined)
    .map(file => ({ file, message: 'It is no part of the program without the code.' }))
}

function judgeLate({ outcome }: TestRunResult, loadErrors: readonly LoadError[]): RedVerdict {
  const verdict = judgeRed(outcome, ANY_MISSING)
  const isEmpty = verdict.proves === 'nothing' && verdict.code === 'no_tests_ran'
  return isEmpty && loadErrors.length > 0 ? { proves: 'red', loadFailure: true } : verdict
}

/** What cannot be loaded without the code of now is missing because of it: with that code it could be loaded. */
const ANY_MISSING: LoadFailureCheck = { kind: 'test', allowMissing: 'test', isOwn: () => true }

interface Base extends StoredSnapshot {
  /** Whose start the sources are put back to. */
  of: 'task' | 'feature'
}

/** The sources that a test may be seen to fail on, the nearest first. */
function basesOf({ ledger }: Context, { task, start }: StartedTask): Base[] {
  const own = task.kind === 'cover' ? undefined : keptFiles(start)
  const first = filesAtStart(ledger.events)
  return [
    ...(own ? [{ ...own, of: 'task' as const }] : []),
    ...(first && first.tree !== own?.tree ? [{ ...first, of: 'feature' as const }] : []),
  ]
}

function isPutBack(testRunner: TestRunner, file: string): boolean {
  return isSource(file) && !isTestCode(testRunner, file)
}

/** The tests as they pass aside with everything as it is now: what fails there without the code fails for want of it. */
async function passing(context: Context, request: Request, base: Base): Promise<SeenTest[]> {
  const { task, testRunner, files, names } = request
  return inCheckout(
    context,
    base,
    () => true,
    async ({ root }) => {
      const seen = await runTestsAt(context, testRunner, root, { files, names })
      const verdict = judgeGreen(seen.outcome, [])
      if (verdict.proves === 'nothing') throw failsToday(context, task, verdict, seen)
      return seen.tests
    },
  )
}

/** Tests that have proven other work already say nothing about this one, under whatever name their file goes. */
function refuseCopies(context: Context, task: Task, tests: readonly SeenTest[]): void {
  const known = new Set(
    [...provenTests(context.ledger.events)].map(([id, { file }]) => nameIn(id, file)),
  )
  const failed = tests.filter(test => test.outcome === 'failed')
  if (task.kind === 'cover' || !failed.every(({ id, file }) => known.has(nameIn(id, file)))) return
  throw new Refusal(
    'red_not_new',
    `"${failed[0]?.id ?? ''}" has the name of a test that has proven another task, and fails only on the sources of before the feature.`,
    `No RED was recorded for ${task.id}. Write a test that asks for what ${task.id} adds.`,
  )
}

function nameIn(id: string, file: string): string {
  return id.slice(file.length)
}

function asFailed(test: SeenTest): SeenTest {
  if (test.outcome !== 'passed') return test
  return {
    ...test,
    outcome: 'failed',
    reason: 'error',
    message: 'Its file cannot be loaded without the code.',
  }
}

/** A late RED is for code that is there: with it, its tests pass. */
function failsToday(
  context: Context,
  task: Task,
  { code, fact }: Nothing,
  { run }: TestRunResult,
): Refusal {
  return new Refusal(
    code,
    `In a checkout with everything as it is now: ${fact}`,
    `No RED was recorded for ${task.id}, because a late one is for code that is there already and makes its tests pass there.`,
    `Make them pass with it (what they need has to be known to git, or to be installed), or ${context.call.frontend.describeStep('record_red', { task: task.id })} without \`late\`.`,
    codeBlock(run.output),
  )
}

function stillPasses(context: Context, task: Task, fact: string): Refusal {
  return new Refusal(
    'red_passes',
    `${fact.replace(/\.$/, '')} with the sources put back to what they were before the work, so it does not tell whether the code is there.`,
    `No RED was recorded for ${task.id}. Make the test ask for what the code does; for code that is older than the feature, take it away for a moment and ${context.call.frontend.describeStep('record_red', { task: task.id })} without \`late\`.`,
  )
}

function noSources(context: Context, task: Task): Refusal {
  return new Refusal(
    'no_git',
    `Git keeps no sources of before ${task.id}, so its tests could not be seen to fail on them, and nothing was run.`,
    `Take the code under test away for a moment, ${context.call.frontend.describeStep('record_red', { task: task.id })} without \`late\`, and put it back.`,
  )
}
