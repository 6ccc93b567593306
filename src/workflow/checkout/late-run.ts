import type { RecordedTest } from '../../evidence/event-parts.ts'
import type { LoadError } from '../../evidence/outcome.ts'
import {
  judgeGreen,
  judgeRed,
  type LoadFailureCheck,
  type RedVerdict,
} from '../../evidence/verdict.ts'
import { isSource } from '../../plan/file-role.ts'
import type { Task } from '../../plan/plan.ts'
import type { Returns } from '../../runner/stand-ins/stand-in.ts'
import { standInFor } from '../../runner/stand-ins/index.ts'
import type { TemporaryCheckout } from '../../store/checkout/checkout.ts'
import type { Layer } from '../../store/checkout/overlay.ts'
import type { Context } from '../context/context.ts'
import { isMixed, isTestCode, overlayOf } from '../testing/inline-tests.ts'
import { textInSnapshot } from '../testing/snapshots.ts'
import { runTestsAt, type TestRunResult } from '../testing/test-run.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import { inCheckout } from './checkout.ts'
import type { LateBase } from './late-base.ts'
import { failsHere, failsInCheckout } from './late-refusals.ts'

/** The tests that a retroactive RED runs. */
export interface LateRequest {
  task: Task
  testRunner: TestRunner
  files: string[]
  names: string[]
}

/** A run of tests on earlier sources, in which stand-ins may replace what is missing there. */
export interface LateRun {
  observed: TestRunResult
  verdict: RedVerdict
  checkout: Pick<TemporaryCheckout, 'root' | 'tree'>
}

/** Runs the tests on earlier sources; everything but the sources is current. The checkout exists only while `work` runs. */
export async function runWithoutCode<T>(
  context: Context,
  request: LateRequest,
  { base, returns }: { base: LateBase; returns?: Returns | undefined },
  work: (run: LateRun) => Promise<T>,
): Promise<T> {
  const { testRunner, files, names } = request
  return inCheckout(context, base, layersFor(testRunner, returns), async ({ root, tree }) => {
    const result = await runTestsAt(context, testRunner, root, { files, names })
    // A stand-in counts as code, so its file is not missing.
    const missing = returns === undefined ? await missingModules(context, request, base) : []
    const loadErrors = [...result.outcome.loadErrors, ...missing]
    const observed = { ...result, outcome: { ...result.outcome, loadErrors } }
    return work({
      observed,
      verdict: judgeLate(result, loadErrors, request),
      checkout: { root, tree },
    })
  })
}

/** The control run: the tests pass in a checkout with the current sources, so that a failure without them is due to the code. */
export async function passWithCode(
  context: Context,
  { task, testRunner, files, names }: LateRequest,
  base: LateBase,
): Promise<RecordedTest[]> {
  return inCheckout(
    context,
    base,
    () => true,
    async ({ root }) => {
      const result = await runTestsAt(context, testRunner, root, { files, names })
      const verdict = judgeGreen(result.outcome, [])
      if (verdict.proves === 'green') return result.tests
      const { root: workspace } = context.workspace
      const here = await runTestsAt(context, testRunner, workspace, { files, names })
      const own = judgeGreen(here.outcome, [])
      throw own.proves === 'nothing'
        ? failsHere(context, task, own, here)
        : failsInCheckout(context, task, verdict, result)
    },
  )
}

function layersFor(testRunner: TestRunner, returns?: Returns): (file: string) => Layer {
  const plain = overlayOf(testRunner, file => !isEarlierSource(testRunner, file))
  return withStandIns(testRunner, plain, returns)
}

/** Earlier sources in which stand-ins replace what is missing there. */
export function withStandIns(
  testRunner: TestRunner,
  plain: (file: string) => Layer,
  returns?: Returns,
): (file: string) => Layer {
  const { inline } = testRunner.framework
  return file => {
    const standIn = isEarlierSource(testRunner, file) ? standInFor(file) : undefined
    if (!standIn || returns === undefined) return plain(file)
    return (earlier, current) => {
      const text = standIn({ file, earlier, current }, returns)
      return inline?.holds(file) ? inline.merge(text, current) : text
    }
  }
}

function isEarlierSource(testRunner: TestRunner, file: string): boolean {
  return isSource(file) && !isTestCode(testRunner, file)
}

/** Files that mix code and tests and did not exist in the base, where nothing could have run their tests. */
async function missingModules(
  context: Context,
  { testRunner, files }: LateRequest,
  base: LateBase,
): Promise<LoadError[]> {
  const mixed = files.filter(file => isMixed(testRunner, file))
  const texts = await Promise.all(mixed.map(file => textInSnapshot(context, base, file)))
  return mixed
    .filter((_file, index) => texts[index] === undefined)
    .map(file => ({ file, message: 'Without the code, this file is not part of the program.' }))
}

function judgeLate(
  { outcome }: TestRunResult,
  loadErrors: readonly LoadError[],
  requested: LateRequest,
): RedVerdict {
  const verdict = judgeRed(outcome, ANY_MODULE, requested)
  const isEmpty = verdict.proves === 'nothing' && verdict.code === 'no_tests_ran'
  return isEmpty && loadErrors.length > 0 ? { proves: 'red', loadFailure: true } : verdict
}

/** Any missing module counts as missing code, because the control run shows that the tests load with the code. */
const ANY_MODULE: LoadFailureCheck = { kind: 'test', allowMissing: 'test', isOwn: () => true }
