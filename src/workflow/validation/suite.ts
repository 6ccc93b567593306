import type { EventBody } from '../../evidence/event.ts'
import type { RunRecord } from '../../evidence/event-parts.ts'
import type { Counts } from '../../evidence/outcome.ts'
import type { Context } from '../context/context.ts'
import { judgeWithBaseline } from '../completion/suite.ts'
import { requireTestRunner } from '../testing/test-runner.ts'
import { checkEarlierTests, type EarlierTestsCheck } from '../checkout/earlier-tests.ts'
import { supersededTests } from '../checkout/superseded-tests.ts'
import { runAndObserve } from '../testing/test-run.ts'
import { gateOf, type Gate } from './gate.ts'

/** What the full suite left for the ledger. */
export type SuiteRecord = Pick<
  Extract<EventBody, { kind: 'validation' }>,
  'turnedGreen' | 'passedFiles' | 'failing' | 'reverified' | 'superseded'
> & { counts: Counts; run: RunRecord }

/** The full suite; a test that is still owed fails the gate as any other does. */
export async function testGate(context: Context): Promise<{ gate: Gate; seen: SuiteRecord }> {
  const testRunner = requireTestRunner(context)
  const { outcome, run, counts } = await runAndObserve(context, testRunner, [], [])
  const verdict = await judgeWithBaseline(context, testRunner, { outcome })
  const summary = `${counts.passed} passed, ${counts.failed} failed`
  if ('proves' in verdict) {
    const gate = gateOf('tests', summary, { findings: [verdict.fact] })
    return { gate: { ...gate, run }, seen: { counts, run, turnedGreen: [], passedFiles: [] } }
  }
  const { failing, excused, before, turnedGreen, passedFiles } = verdict
  // Of a suite that fails there is enough to do without.
  const earlier = failing.length === 0 ? await checkEarlierTests(context, 'all') : NONE
  const superseded = findsNothing(earlier, failing) ? await supersededTests(context) : []
  const findings = [
    ...failing.map(id => `fails: ${id}`),
    ...excused.map(id => `owed and not green: ${id}`),
    ...stillPending(context, turnedGreen, passedFiles),
    ...earlier.easy.map(
      ({ task, id }) =>
        `changed since it proved ${task}, and does not fail without its code any more: ${id}`,
    ),
    ...(counts.passed === 0 ? ['no test passed'] : []),
  ]
  const since = before.length > 0 ? ` (${before.length} of them since before the feature)` : ''
  return {
    gate: { ...gateOf('tests', `${summary}${since}`, { findings }), run },
    seen: {
      counts,
      run,
      turnedGreen,
      passedFiles,
      failing: [...failing, ...excused],
      ...(earlier.seen.length > 0 && { reverified: earlier.seen }),
      ...(superseded.length > 0 && { superseded }),
    },
  }
}

function findsNothing({ easy }: EarlierTestsCheck, failing: readonly string[]): boolean {
  return easy.length === 0 && failing.length === 0
}

const NONE: EarlierTestsCheck = { seen: [], easy: [] }

/** Owed tests that did not even run. */
function stillPending(
  { pendingTests: owed }: Context,
  ids: readonly string[],
  files: readonly string[],
): string[] {
  const open = [
    ...[...owed.ids.keys()].filter(id => !ids.includes(id)),
    ...[...owed.files.keys()].filter(file => !files.includes(file)),
  ]
  return open.map(id => `owed, and not seen to pass: ${id}`)
}
