import type { MovedTest } from './event-parts.ts'
import type { Outcome } from './outcome.ts'
import type { PendingTest, PendingTests } from './pending-tests.ts'
import type { ProvenTest } from './proven-tests.ts'
import { judgeEnd } from './run-end.ts'
import type { NoProof } from './no-proof.ts'

/** What a run of the suite means for the tasks of the feature. */
export interface SuiteVerdict {
  /** Test ids, and files that could not be loaded, that fail unexpectedly. */
  failing: string[]
  /** Test ids and files that fail because their code does not exist yet. */
  excused: string[]
  /** Test ids and files that already failed before the feature. They are reported but do not count. */
  before: string[]
  /** Ids of pending tests that pass now. */
  turnedGreen: string[]
  /** Pending files whose tests all pass now. */
  passedFiles: string[]
  /** Tests that prove finished work and passed in another file. */
  moved?: MovedTest[]
}

/** What is expected of a suite before it runs. */
export interface SuiteExpectations {
  pending: PendingTests
  /** Ids of red tests of other tasks in progress. */
  inProgress: ReadonlySet<string>
  /** New test files of other tasks that are started and have no RED yet. */
  startedFiles: ReadonlySet<string>
  /** What failed at the feature's start: test ids, and files that could not be loaded. */
  baseline: ReadonlySet<string>
  /** The tests that prove finished work, by id. */
  proven: ReadonlyMap<string, ProvenTest>
  /** Proven tests that are known to have the same text in another file, by id. */
  moved?: ReadonlyMap<string, MovedTest>
  /** The current sha256 of a test file. A pending test counts as passed only with the bytes of its RED. */
  hash: (file: string) => string
}

/** Splits the failures of a suite into unexpected and expected ones. */
export function judgeSuite(outcome: Outcome, known: SuiteExpectations): SuiteVerdict | NoProof {
  const unfinished = judgeEnd(outcome)
  if (unfinished) return unfinished
  const failed = outcome.tests.filter(test => ['failed', 'errored'].includes(test.outcome))
  const failures = [
    ...failed.map(test => ({ id: test.id, excused: isExcused(test.id, test.file, known) })),
    ...outcome.loadErrors.map(({ file }) => ({ id: file, excused: isUnfinishedFile(file, known) })),
  ]
  if (failures.length === 0 && outcome.exitCode !== 0) return disagreement(outcome)
  const unexcused = failures.filter(failure => !failure.excused).map(failure => failure.id)
  const { missing, moved } = missingProofs(outcome, known)
  return {
    failing: [...unexcused.filter(id => !wasBroken(id, known)), ...missing],
    before: unexcused.filter(id => wasBroken(id, known)),
    excused: failures.filter(failure => failure.excused).map(failure => failure.id),
    ...settled(outcome, known),
    ...(moved.length > 0 && { moved }),
  }
}

function isExcused(id: string, file: string, known: SuiteExpectations): boolean {
  const { pending, inProgress } = known
  return pending.ids.has(id) || inProgress.has(id) || isUnfinishedFile(file, known)
}

/** Whether it failed before the feature and proves no task since. */
function wasBroken(id: string, { baseline, proven }: SuiteExpectations): boolean {
  return baseline.has(id) && !proven.has(id)
}

/** Appended to the id of a test that proves finished work and did not run. */
export const DID_NOT_RUN = ' (was green, and did not run)'

/** Tests that prove finished work and did not run under their id: those that are missing, and those that run in another file. */
function missingProofs(
  outcome: Outcome,
  { proven, hash, moved: known }: SuiteExpectations,
): { missing: string[]; moved: MovedTest[] } {
  const unloaded = new Set(outcome.loadErrors.map(({ file }) => file))
  const active = outcome.tests.filter(test => !['skipped', 'todo'].includes(test.outcome))
  const ran = new Set(active.map(test => test.id))
  const missing: string[] = []
  const moved: MovedTest[] = []
  for (const [id, { file, testHash }] of proven) {
    if (ran.has(id) || unloaded.has(file)) continue
    // A renamed file holds the same tests.
    const same = active.find(
      test => test.id === test.file + id.slice(file.length) && hash(test.file) === testHash,
    )
    const place = same ? { from: id, to: same.id, sha256: testHash } : known?.get(id)
    if (place) moved.push(place)
    else missing.push(id + DID_NOT_RUN)
  }
  return { missing, moved }
}

/** Whether the code for all tests of a file may be missing. */
function isUnfinishedFile(file: string, { pending, startedFiles }: SuiteExpectations): boolean {
  return pending.files.has(file) || startedFiles.has(file)
}

function settled(
  outcome: Outcome,
  { pending, hash }: SuiteExpectations,
): Pick<SuiteVerdict, 'turnedGreen' | 'passedFiles'> {
  const unchanged = (pendingTest: PendingTest) => hash(pendingTest.file) === pendingTest.sha256
  const passed = new Set(
    outcome.tests.filter(test => test.outcome === 'passed').map(test => test.id),
  )
  const settled = [...pending.files.values()].filter(pendingTest => {
    const own = outcome.tests.filter(test => test.file === pendingTest.file)
    return own.length > 0 && own.every(test => test.outcome === 'passed') && unchanged(pendingTest)
  })
  return {
    turnedGreen: [...pending.ids].flatMap(([id, pendingTest]) =>
      passed.has(id) && unchanged(pendingTest) ? [id] : [],
    ),
    passedFiles: settled.map(pendingTest => pendingTest.file),
  }
}

/** The line with which a tool reports that the coverage is below the project's threshold. */
export function failedThreshold({
  exitCode,
  output,
}: Pick<Outcome, 'exitCode' | 'output'>): string | undefined {
  if (exitCode === 0) return undefined
  const line = output.split('\n').find(one => THRESHOLD.test(one))
  return line?.trim().replace(/\.$/, '').slice(0, 200)
}

const THRESHOLD =
  /coverage.{0,80}(?:threshold.{0,40}not met|does not meet|not reached|less than fail-under)/i

function disagreement(outcome: Outcome): NoProof {
  const how = outcome.signal ? `by signal ${outcome.signal}` : `with exit code ${outcome.exitCode}`
  const threshold = failedThreshold(outcome)
  const fact = `No test failed, but the run ended ${how}${threshold ? `: ${threshold}` : ''}.`
  return { proves: 'nothing', code: 'inconsistent', fact }
}
