import type { Outcome } from './outcome.ts'
import type { PendingTest, PendingTests } from './pending-tests.ts'
import type { Proof } from './proven.ts'
import { judgeEnd, type Nothing } from './verdict.ts'

/** What a run of many tests means for the tasks behind them. */
export interface SuiteVerdict {
  /** Ids (or files that could not be loaded) that fail and have no excuse. */
  failing: string[]
  /** Ids and files that fail because their code is still to be written. */
  excused: string[]
  /** Ids and files that failed before the feature was begun, and still do: told, and not counted. */
  before: string[]
  /** Owed ids that pass now. */
  turnedGreen: string[]
  /** Owed files whose tests all pass now. */
  passedFiles: string[]
}

/** What is known before a suite runs. */
export interface SuiteExpectations {
  pending: PendingTests
  /** Red ids of other tasks in progress. */
  inProgress: ReadonlySet<string>
  /** What failed at the feature's start: ids, and files that could not be loaded. */
  baseline: ReadonlySet<string>
  /** Tests that work was proven by, with their files. */
  proven: ReadonlyMap<string, Proof>
  /** The present sha256 of a test file: a debt is paid only with the bytes that it was made with. */
  hash: (file: string) => string
}

/** Sorts the failures of a suite into those that count and those that are expected. */
export function judgeSuite(outcome: Outcome, known: SuiteExpectations): SuiteVerdict | Nothing {
  const unfinished = judgeEnd(outcome)
  if (unfinished) return unfinished
  const failed = outcome.tests.filter(test => ['failed', 'errored'].includes(test.outcome))
  const failures = [
    ...failed.map(test => ({ id: test.id, excused: isExcused(test.id, test.file, known) })),
    ...outcome.loadErrors.map(({ file }) => ({ id: file, excused: isPendingFileOf(file, known) })),
  ]
  if (failures.length === 0 && outcome.exitCode !== 0) return disagreement(outcome)
  const unexcused = failures.filter(failure => !failure.excused).map(failure => failure.id)
  return {
    failing: [...unexcused.filter(id => !wasBroken(id, known)), ...missingProofs(outcome, known)],
    before: unexcused.filter(id => wasBroken(id, known)),
    excused: failures.filter(failure => failure.excused).map(failure => failure.id),
    ...settled(outcome, known),
  }
}

function isExcused(
  id: string,
  file: string,
  { pending: owed, inProgress }: SuiteExpectations,
): boolean {
  return owed.ids.has(id) || owed.files.has(file) || inProgress.has(id)
}

/** It failed before the feature, and no task has been proven by it since. */
function wasBroken(id: string, { baseline, proven }: SuiteExpectations): boolean {
  return baseline.has(id) && !proven.has(id)
}

/** Said of a test that work was proven by, and that did not run. */
export const TAKEN_AWAY = ' (was green, and did not run)'

/** Tests that work was proven by, and that did not run: a proof that was taken away. */
function missingProofs(outcome: Outcome, { proven, hash }: SuiteExpectations): string[] {
  const unloaded = new Set(outcome.loadErrors.map(({ file }) => file))
  const ran = new Set(
    outcome.tests.filter(test => !['skipped', 'todo'].includes(test.outcome)).map(test => test.id),
  )
  // The same file under another name holds the same tests.
  const renamed = (id: string, { file, testBytes }: Proof) =>
    outcome.tests.some(
      test => test.id === test.file + id.slice(file.length) && hash(test.file) === testBytes,
    )
  return [...proven].flatMap(([id, proof]) =>
    ran.has(id) || unloaded.has(proof.file) || renamed(id, proof) ? [] : [id + TAKEN_AWAY],
  )
}

/** A file that cannot be loaded is excused when its tests were never loadable, or all that it has is owed. */
function isPendingFileOf(file: string, { pending: owed }: SuiteExpectations): boolean {
  return owed.files.has(file)
}

function settled(
  outcome: Outcome,
  { pending: owed, hash }: SuiteExpectations,
): Pick<SuiteVerdict, 'turnedGreen' | 'passedFiles'> {
  const unchanged = (pendingTest: PendingTest) => hash(pendingTest.file) === pendingTest.sha256
  const passed = new Set(
    outcome.tests.filter(test => test.outcome === 'passed').map(test => test.id),
  )
  const settled = [...owed.files.values()].filter(pendingTest => {
    const own = outcome.tests.filter(test => test.file === pendingTest.file)
    return own.length > 0 && own.every(test => test.outcome === 'passed') && unchanged(pendingTest)
  })
  return {
    turnedGreen: [...owed.ids].flatMap(([id, pendingTest]) =>
      passed.has(id) && unchanged(pendingTest) ? [id] : [],
    ),
    passedFiles: settled.map(pendingTest => pendingTest.file),
  }
}

function disagreement(outcome: Outcome): Nothing {
  const how = outcome.signal ? `by signal ${outcome.signal}` : `with exit code ${outcome.exitCode}`
  const fact = `No test failed, but the run ended ${how}.`
  return { proves: 'nothing', code: 'inconsistent', fact }
}
