import type { EventBody } from '../../evidence/event.ts'
import type { RunRecord } from '../../evidence/event-parts.ts'
import type { Counts } from '../../evidence/outcome.ts'
import type { Desk } from '../context/context.ts'
import { judgeWithBaseline } from '../completion/suite.ts'
import { benchFor } from '../testing/test-runner.ts'
import { seeEarlierProofs, type EarlierProofs } from '../checkout/earlier-tests.ts'
import { overruledTests } from '../checkout/superseded-tests.ts'
import { witness } from '../testing/test-run.ts'
import { gateOf, type Gate } from './gate.ts'

/** What the full suite left for the ledger. */
export type SuiteRecord = Pick<
  Extract<EventBody, { kind: 'validation' }>,
  'turnedGreen' | 'settledFiles' | 'failing' | 'seenAgain' | 'overruled'
> & { counts: Counts; run: RunRecord }

/** The full suite; a test that is still owed fails the gate as any other does. */
export async function testGate(desk: Desk): Promise<{ gate: Gate; seen: SuiteRecord }> {
  const bench = benchFor(desk)
  const { outcome, run, counts } = await witness(desk, bench, [], [])
  const verdict = await judgeWithBaseline(desk, bench, { outcome })
  const summary = `${counts.passed} passed, ${counts.failed} failed`
  if ('proves' in verdict) {
    const gate = gateOf('tests', summary, { findings: [verdict.fact] })
    return { gate: { ...gate, run }, seen: { counts, run, turnedGreen: [], settledFiles: [] } }
  }
  const { failing, excused, before, turnedGreen, settledFiles } = verdict
  // Of a suite that fails there is enough to do without.
  const earlier = failing.length === 0 ? await seeEarlierProofs(desk, 'all') : NONE
  const overruled = findsNothing(earlier, failing) ? await overruledTests(desk) : []
  const findings = [
    ...failing.map(id => `fails: ${id}`),
    ...excused.map(id => `owed and not green: ${id}`),
    ...stillOwed(desk, turnedGreen, settledFiles),
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
      settledFiles,
      failing: [...failing, ...excused],
      ...(earlier.seen.length > 0 && { seenAgain: earlier.seen }),
      ...(overruled.length > 0 && { overruled }),
    },
  }
}

function findsNothing({ easy }: EarlierProofs, failing: readonly string[]): boolean {
  return easy.length === 0 && failing.length === 0
}

const NONE: EarlierProofs = { seen: [], easy: [] }

/** Owed tests that did not even run. */
function stillOwed({ owed }: Desk, ids: readonly string[], files: readonly string[]): string[] {
  const open = [
    ...[...owed.ids.keys()].filter(id => !ids.includes(id)),
    ...[...owed.files.keys()].filter(file => !files.includes(file)),
  ]
  return open.map(id => `owed, and not seen to pass: ${id}`)
}
