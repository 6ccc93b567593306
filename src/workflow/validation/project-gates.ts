import type { EventBody } from '../../evidence/event.ts'
import type { RunRecord } from '../../evidence/event-parts.ts'
import type { Counts } from '../../evidence/outcome.ts'
import type { PendingTest } from '../../evidence/pending-tests.ts'
import { countOf, formatList } from '../../plan/format-list.ts'
import {
  checkEarlierTests,
  type EarlierTestsCheck,
  type WeakenedTest,
} from '../checkout/earlier-tests.ts'
import { judgeFindings } from '../checkout/project-findings.ts'
import { stoppedTests } from '../checkout/stopped-tests.ts'
import { supersededTests, type SupersededTest } from '../checkout/superseded-tests.ts'
import { judgeWithBaseline } from '../completion/judge-suite.ts'
import type { Context } from '../context/context.ts'
import { currentHash } from '../guards/pending-files.ts'
import { requireTestRunner } from '../testing/test-runner.ts'
import { runAndObserve } from '../testing/observed-run.ts'
import type { ProjectTool } from '../testing/toolchain.ts'
import { gateOf, type Gate } from './gate.ts'

/** Runs the type checker or the linter. The gate passes if it ends with exit code 0, or finds only what it found at the feature's start. */
export async function commandGate(
  context: Context,
  name: 'types' | 'lint',
  { argv }: ProjectTool,
): Promise<Gate> {
  const { passed, ending, run, before, open } = await judgeFindings(context, name, argv)
  const since =
    before.length > 0 ? ` (${countOf(before.length, 'finding')} from before the feature)` : ''
  const findings = open.length > 0 ? open : [ending]
  return { ...gateOf(name, `${ending}${since}`, { findings: passed ? [] : findings }), run }
}

/** What the ledger records about the full suite of a validation. */
export type SuiteRecord = Pick<
  Extract<EventBody, { kind: 'validation' }>,
  'turnedGreen' | 'passedFiles' | 'failing' | 'reverified' | 'superseded' | 'stopped'
> & { counts: Counts; run: RunRecord }

/** Runs the full suite. A pending test that still fails makes the gate fail, as any other failing test does. */
export async function testGate(context: Context): Promise<{ gate: Gate; record: SuiteRecord }> {
  const testRunner = requireTestRunner(context)
  const { outcome, run, counts } = await runAndObserve(context, testRunner, [], [])
  const verdict = await judgeWithBaseline(context, testRunner, { outcome, later: context })
  const summary = `${counts.passed} passed, ${counts.failed} failed`
  if ('proves' in verdict) {
    const gate = gateOf('tests', summary, { findings: [verdict.fact] })
    return { gate: { ...gate, run }, record: { counts, run, turnedGreen: [], passedFiles: [] } }
  }
  const { failing, excused, before, turnedGreen, passedFiles } = verdict
  // Run only after the suite passed, because checking changed tests is slow, and a failing suite has to be fixed first.
  const earlier = failing.length === 0 ? await checkEarlierTests(context, 'all') : UNCHECKED
  const isClean = failing.length === 0 && earlier.weakened.length === 0
  const superseded = isClean ? await supersededTests(context) : []
  const stopped = isClean ? await stoppedTests(context, testRunner, outcome) : []
  const findings = [
    ...failing.map(id => `fails: ${id}`),
    ...excused.map(id => `pending and not green: ${id}`),
    ...stillPending(context, turnedGreen, passedFiles),
    ...earlier.weakened.map(describeWeakened),
    ...superseded.filter(({ isBroken }) => isBroken).map(describeBroken),
    ...(counts.passed === 0 ? ['no test passed'] : []),
  ]
  const since = before.length > 0 ? ` (${before.length} already failed before the feature)` : ''
  return {
    gate: { ...gateOf('tests', `${summary}${since}`, { findings }), run },
    record: {
      counts,
      run,
      turnedGreen,
      passedFiles,
      failing: [...failing, ...excused],
      ...(earlier.reverified.length > 0 && { reverified: earlier.reverified }),
      ...(stopped.length > 0 && { stopped }),
      ...(superseded.length > 0 && {
        superseded: superseded.map(({ task, id }) => ({ task, id })),
      }),
    },
  }
}

const UNCHECKED: EarlierTestsCheck = { reverified: [], weakened: [] }

function describeWeakened({ task, id }: WeakenedTest): string {
  return `changed since it proved ${task}, and now passes without its code: ${id}`
}

function describeBroken({ task, id, files }: SupersededTest): string {
  return `proved ${task}, and fails on the current code as it was then (changed: ${formatList(files, 3)}): ${id}`
}

/** Pending tests that did not run or did not pass. */
function stillPending(
  context: Context,
  turnedGreen: readonly string[],
  passedFiles: readonly string[],
): string[] {
  const { ids, files } = context.pendingTests
  const open = [
    ...[...ids].filter(([id]) => !turnedGreen.includes(id)),
    ...[...files].filter(([file]) => !passedFiles.includes(file)),
  ]
  return open.map(
    ([id, test]) => `pending and not seen to pass: ${id}${describeChange(context, test)}`,
  )
}

/** If tests that were written in advance are rewritten, the new ones prove nothing about the old ones, even if they pass. */
function describeChange(context: Context, { task, file, sha256 }: PendingTest): string {
  return currentHash(context, file) === sha256
    ? ''
    : ` (${file} was changed or removed since ${task} wrote it in advance: restore it, or a human confirms it with \`redgreen approve\`)`
}
