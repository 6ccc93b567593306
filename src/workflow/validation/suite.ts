import type { EventBody, RunRecord } from '../../evidence/event.ts'
import type { Counts } from '../../evidence/outcome.ts'
import { judgeSuite } from '../../evidence/suite.ts'
import type { Desk } from '../desk.ts'
import { knownAt } from '../gates/suite.ts'
import { benchFor, witness } from '../test-run.ts'
import { gateOf, type Gate } from './gate.ts'

/** What the full suite left for the ledger. */
export type SuiteRecord = Pick<
  Extract<EventBody, { kind: 'validation' }>,
  'turnedGreen' | 'settledFiles'
> & { counts: Counts; run: RunRecord }

/** The full suite; a test that is still owed fails the gate as any other does. */
export async function testGate(desk: Desk): Promise<{ gate: Gate; seen: SuiteRecord }> {
  const { outcome, run, counts } = await witness(desk, benchFor(desk), [], [])
  const verdict = judgeSuite(outcome, knownAt(desk))
  const told = (findings: readonly string[]): Gate => ({
    ...gateOf('tests', `${counts.passed} passed, ${counts.failed} failed`, { findings }),
    command: run.command,
    output: run.output,
  })
  if ('proves' in verdict) {
    const seen = { counts, run, turnedGreen: [], settledFiles: [] }
    return { gate: told([verdict.fact]), seen }
  }
  const { failing, excused, turnedGreen, settledFiles } = verdict
  const findings = [
    ...failing.map(id => `fails: ${id}`),
    ...excused.map(id => `owed and not green: ${id}`),
    ...stillOwed(desk, turnedGreen, settledFiles),
    ...(counts.passed === 0 ? ['no test passed'] : []),
  ]
  return { gate: told(findings), seen: { counts, run, turnedGreen, settledFiles } }
}

/** Owed tests that did not even run. */
function stillOwed({ owed }: Desk, ids: readonly string[], files: readonly string[]): string[] {
  const open = [
    ...[...owed.ids.keys()].filter(id => !ids.includes(id)),
    ...[...owed.files.keys()].filter(file => !files.includes(file)),
  ]
  return open.map(id => `owed, and not seen to pass: ${id}`)
}
