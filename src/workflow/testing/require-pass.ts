import type { EventOf } from '../../evidence/event.ts'
import { judgeGreen } from '../../evidence/verdict.ts'
import type { NoProof } from '../../evidence/no-proof.ts'
import { varyingTests } from '../../evidence/varying-tests.ts'
import { formatList } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import type { Context } from '../context/context.ts'
import { runTestsAt, type TestRunResult } from './test-run.ts'
import type { TestRunner } from './package-runner.ts'
import { missingSnapshots, type MissingSnapshots } from './missing-snapshots.ts'
import { describeMistakes } from './mistakes.ts'
import { otherPathHint } from './other-path.ts'
import { restoreTree } from './snapshots.ts'
import { refuseVerdict } from './verdict-refusal.ts'

/**
 * Refuses if the tests of a RED do not pass. If they fail for what may be chance, they run once more. The second run decides nothing. It
 * shows whether the result varies, and so which advice helps.
 */
export async function requirePass(
  context: Context,
  task: Task,
  testRunner: TestRunner,
  red: EventOf<'red'>,
  observed: TestRunResult,
): Promise<void> {
  const verdict = judgeGreen(observed.outcome, red.tests)
  if (verdict.proves === 'green') return
  if (!mayVary(verdict, red, observed)) {
    const { outcome } = observed
    const files = Object.keys(red.files)
    const before = await restoreTree(context, red)
    const missing =
      verdict.code === 'green_fails' && missingSnapshots(context, testRunner, observed.tests)
    if (missing)
      throw refuseVerdict(context, task, 'GREEN', verdict, observed, snapshotStep(missing))
    const hint =
      mistakeHint(context, verdict, observed) ||
      (await otherPathHint(context, { testRunner, files, outcome, before }))
    throw refuseVerdict(context, task, 'GREEN', verdict, observed, { hint })
  }
  context.call.note('running the tests once more, because they may be flaky')
  const files = Object.keys(red.files)
  const { root } = context.workspace
  const again = await runTestsAt(context, testRunner, root, { files, names: red.names })
  const varying = varyingTests(observed.outcome, again.outcome)
  const second = {
    isFlaky: varying.length > 0,
    fact:
      varying.length > 0
        ? `A second run of the same files differs (${formatList(
            varying.map(id => `"${id}"`),
            2,
          )}), so the result depends on chance.`
        : 'A second run has the same result.',
  }
  throw refuseVerdict(context, task, 'GREEN', verdict, observed, { second })
}

/** The code is not the cause: a run of the server writes no snapshots. */
function snapshotStep({ fact, command }: MissingSnapshots): { hint: string; remedy: string } {
  return {
    hint: `${fact}, and a run of the server writes none: such a test fails with any code.`,
    remedy: `Write the expected value into the test by hand, or run ${command} once and compare what it wrote with what the task asks for: a snapshot of the code's own output proves no behaviour by itself. The changed test then has to fail without the new code, which the server checks. Then %green again.`,
  }
}

function mistakeHint(context: Context, { code }: NoProof, { tests }: TestRunResult): string {
  const places = code === 'green_fails' ? describeMistakes(context, tests) : ''
  return places === '' ? '' : `This looks like a mistake in the test: ${places}.`
}

/** A test fails that passed at RED without the new code, or report and exit code disagree. */
function mayVary({ code }: NoProof, red: EventOf<'red'>, { outcome }: TestRunResult): boolean {
  if (code === 'inconsistent') return true
  const passed = new Set(red.tests.flatMap(test => (test.outcome === 'passed' ? test.id : [])))
  return (
    code === 'green_fails' &&
    outcome.tests.some(test => test.outcome === 'failed' && passed.has(test.id))
  )
}
