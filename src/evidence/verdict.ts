import type { Kind } from '../plan/plan.ts'
import type { RecordedTest } from './event-parts.ts'
import { countTests, type Outcome, type TestResult } from './outcome.ts'
import {
  type RequestedTests,
  noTestsFact,
  loadFact,
  failFact,
  testsFact,
  filesOf,
  howItEnded,
} from './verdict-facts.ts'
import { type NoProof, provesNothing } from './no-proof.ts'
import { judgeEnd } from './run-end.ts'

/** `fact` is a sentence with numbers. The workflow adds the remedy. */
export type RedVerdict = { proves: 'red'; loadFailure: boolean } | NoProof
export type GreenVerdict = { proves: 'green' } | NoProof

/** What decides whether a test that cannot be loaded counts as RED. */
export interface LoadFailureCheck {
  kind: Kind
  /** The settings' `red.allowMissing`: the kind for which a missing module is enough. */
  allowMissing: 'test' | 'never'
  /** Whether the workspace itself has to provide the missing module or export. */
  isOwn(missing: string): boolean
}

/** RED: at least one test ran and failed because the behaviour that it asks for is missing. */
export function judgeRed(
  outcome: Outcome,
  loadFailureCheck: LoadFailureCheck,
  requested?: RequestedTests,
): RedVerdict {
  const unfinished = judgeEnd(outcome)
  if (unfinished) return unfinished
  if (outcome.loadErrors.length > 0) return judgeLoadErrors(outcome, loadFailureCheck)
  const ran = executed(outcome.tests)
  if (ran.length === 0) return provesNothing('no_tests_ran', noTestsFact(outcome, requested))
  const failed = ran.filter(test => test.outcome !== 'passed')
  if (failed.length === 0) return judgeAgreement(outcome) ?? allPassed(outcome)
  return judgeFailures(outcome, failed)
}

/** GREEN: by name, every test that was red passes now, and no test that passed at RED fails. */
export function judgeGreen(outcome: Outcome, red: readonly RecordedTest[]): GreenVerdict {
  const unfinished = judgeEnd(outcome)
  if (unfinished) return unfinished
  if (outcome.loadErrors.length > 0) return provesNothing('green_fails', loadFact(outcome))
  const now = new Map(outcome.tests.map(test => [test.id, test]))
  const wanted = red.filter(test => test.outcome === 'failed' || test.outcome === 'passed')
  const missing = wanted.filter(test => !now.has(test.id))
  if (missing.length > 0) return provesNothing('tests_missing', testsFact('did not run', missing))
  const idle = wanted.filter(test => didNotRun(now.get(test.id)))
  if (idle.length > 0) return provesNothing('skipped', testsFact('were skipped', idle))
  const failing = outcome.tests.filter(isFailure)
  if (failing.length > 0) return provesNothing('green_fails', failFact(failing))
  return judgeAgreement(outcome) ?? { proves: 'green' }
}

/**
 * Changed tests on the sources of their RED. Every test that was red has to fail there again; otherwise it was changed so that it
 * passes. A file that cannot be loaded there proves nothing, unless it could not be loaded at RED either.
 *
 * @param mayFailByError the tests were weak, so an error says no less than the expectation that failed before
 */
export function judgeChangedTests(
  outcome: Outcome,
  red: { tests: readonly RecordedTest[]; loadErrors: readonly { file: string }[] },
  mayFailByError = false,
): RedVerdict {
  const unfinished = judgeEnd(outcome)
  if (unfinished) return unfinished
  const before = new Set(red.loadErrors.map(({ file }) => file))
  if (outcome.loadErrors.some(({ file }) => !before.has(file)))
    return provesNothing('tests_changed', loadFact(outcome))
  if (outcome.loadErrors.length > 0) return { proves: 'red', loadFailure: true }
  const now = new Map(outcome.tests.map(test => [test.id, test]))
  const wanted = red.tests.filter(test => test.outcome === 'failed')
  const missing = wanted.filter(test => !now.has(test.id))
  if (missing.length > 0) return provesNothing('tests_missing', testsFact('did not run', missing))
  const idle = wanted.filter(test => didNotRun(now.get(test.id)))
  if (idle.length > 0) return provesNothing('skipped', testsFact('were skipped', idle))
  const easy = wanted.filter(test => !isGenuine(now.get(test.id)))
  if (easy.length > 0)
    return provesNothing('tests_changed', testsFact('now pass without the new code', easy))
  // An error, such as a call of a method that is missing, says less than the expectation that failed before.
  const vague = wanted.filter(
    test => test.reason === 'assertion' && now.get(test.id)?.reason !== 'assertion',
  )
  if (vague.length > 0 && !mayFailByError)
    return provesNothing('tests_changed', testsFact('no longer fail by an assertion there', vague))
  return judgeFailures(outcome, outcome.tests.filter(isFailure))
}

function judgeLoadErrors(outcome: Outcome, loadFailureCheck: LoadFailureCheck): RedVerdict {
  const missing = outcome.loadErrors.map(error => error.missingFrom ?? error.missing)
  const allowed = loadFailureCheck.kind === 'test' && loadFailureCheck.allowMissing === 'test'
  const own = missing.every(name => name !== undefined && loadFailureCheck.isOwn(name))
  if (allowed && own && outcome.exitCode !== 0) return { proves: 'red', loadFailure: true }
  return provesNothing('red_not_loaded', loadFact(outcome))
}

function judgeFailures(outcome: Outcome, failed: readonly TestResult[]): RedVerdict {
  const genuine = failed.filter(isGenuine)
  if (genuine.length === 0) {
    const late = failed.filter(test => test.reason === 'timeout')
    if (late.length > 0)
      return provesNothing('timed_out', testsFact("reached the test runner's time limit", late))
    return provesNothing('red_not_loaded', failFact(failed))
  }
  if (outcome.exitCode === 0) {
    return provesNothing('inconsistent', `The report has ${failFact(failed)} The exit code was 0.`)
  }
  return { proves: 'red', loadFailure: false }
}

/** All tests passed, so the exit code has to be 0 too. */
function judgeAgreement(outcome: Outcome): NoProof | undefined {
  if (outcome.exitCode === 0) return undefined
  const { passed } = countTests(outcome)
  return provesNothing(
    'inconsistent',
    `All ${passed} passed, but the run ended ${howItEnded(outcome)}.`,
  )
}

function allPassed(outcome: Outcome): NoProof {
  const { passed } = countTests(outcome)
  return provesNothing('red_passes', `${filesOf(outcome)} passed (${passed} passed).`)
}

function executed(tests: readonly TestResult[]): TestResult[] {
  return tests.filter(test => test.outcome !== 'skipped' && test.outcome !== 'todo')
}

function isFailure(test: TestResult): boolean {
  return test.outcome === 'failed' || test.outcome === 'errored'
}

/** Whether it failed because of the test itself. */
function isGenuine(test: TestResult | undefined): boolean {
  return test?.outcome === 'failed' && (test.reason === 'assertion' || test.reason === 'error')
}

function didNotRun(test: TestResult | undefined): boolean {
  return test?.outcome === 'skipped' || test?.outcome === 'todo'
}
