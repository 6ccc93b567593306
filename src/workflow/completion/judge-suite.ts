import { failedThreshold, judgeSuite, type SuiteVerdict } from '../../evidence/suite.ts'
import type { NoProof } from '../../evidence/no-proof.ts'
import type { Task } from '../../plan/plan.ts'
import { COVERAGE_THRESHOLD, runBaseline, wasBelowThreshold } from '../checkout/baseline.ts'
import type { Context } from '../context/context.ts'
import type { ObservedRun } from '../testing/observed-run.ts'
import { movedTests } from './moved-tests.ts'
import { expectationsFor } from './suite-expectations.ts'
import type { TestRunner } from '../testing/package-runner.ts'

/** Judges a suite. A failure that is new counts only if the same tests pass on the sources of the feature's start. */
export async function judgeWithBaseline(
  context: Context,
  testRunner: TestRunner,
  { outcome, later }: Pick<ObservedRun, 'outcome' | 'later'>,
  task?: Task,
): Promise<SuiteVerdict | NoProof> {
  const known = expectationsFor(context, task, later)
  const expectations = { ...known, moved: await movedTests(context, outcome, known, task) }
  const verdict = judgeSuite(outcome, expectations)
  if ('proves' in verdict) {
    if (!failedThreshold(outcome) || !(await wasBelowThreshold(context, testRunner))) return verdict
    const other = await judgeWithBaseline(
      context,
      testRunner,
      { outcome: { ...outcome, exitCode: 0 }, later },
      task,
    )
    return 'proves' in other ? other : { ...other, before: [...other.before, COVERAGE_THRESHOLD] }
  }
  if (verdict.failing.length === 0) return verdict
  const baseline = await runBaseline(context, testRunner, { outcome, failing: verdict.failing })
  if (baseline.length === 0) return verdict
  return judgeSuite(outcome, {
    ...expectations,
    baseline: new Set([...expectations.baseline, ...baseline]),
  })
}
