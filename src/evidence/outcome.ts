/** The result of a finished test run, test by test, in the same form for every framework. */

export type TestOutcome = 'passed' | 'failed' | 'errored' | 'skipped' | 'todo'

/**
 * Why a test did not pass. `assertion`: an expectation failed; `error`: the test threw another error; `hook`: a set-up or
 * tear-down hook failed; `timeout`: the framework's own limit; `crash`: the process died.
 */
export type Reason = 'assertion' | 'error' | 'hook' | 'timeout' | 'crash'

export interface TestResult {
  /** `file > suite > test`, stable between runs of the same tests. A repeated name gets ` #2`, ` #3` … */
  id: string
  /** Relative to the workspace, `/`-separated. */
  file: string
  outcome: TestOutcome
  reason?: Reason
  /** First line of the framework's message about the failure. */
  message?: string
}

/** A requested file whose tests are unknown because it could not be loaded. */
export interface LoadError {
  file: string
  message: string
  /** The specifier of the missing module, or the name of the missing export, if that is the cause. */
  missing?: string
  /** The module that lacks it, if `missing` is an export. */
  missingFrom?: string
  /** The file and line of the project where loading stopped, such as `src/a.ts:5`, if the runner says so. */
  place?: string
  /** Its syntax is the cause. */
  syntax?: true
}

/** How the process of a run ended. */
export type RunEnd =
  /** The runner exited and its report is complete. */
  | 'complete'
  /** It reached the server's time limit. */
  | 'timed_out'
  /** It was killed, or died before its report was complete. */
  | 'crashed'
  /** The caller cancelled it. */
  | 'cancelled'
  /** It printed more than the limit and was stopped. */
  | 'output_limit'
  /** The program does not exist. */
  | 'not_started'

export interface Outcome {
  end: RunEnd
  exitCode: number | null
  signal: string | null
  /** Milliseconds. */
  durationMs: number
  tests: TestResult[]
  loadErrors: LoadError[]
  /** First lines of errors outside of any test, such as unhandled rejections or a dead worker. */
  unhandled: string[]
  /** The last lines of the output, both streams in order of arrival, without control characters. */
  output: string
  /** Hexadecimal sha256 of the whole output after redaction. */
  outputSha256: string
  /** Size of the whole output in bytes. */
  outputBytes: number
  /** Program and arguments. */
  command: string[]
  /** Framework and its version, such as `vitest 4.1.12`. */
  framework: string
  /** There was no report, so it is unknown which test failed and why. */
  exitCodeOnly?: true
  /** A process that was started before the run, and that ran nothing else, ran the tests. */
  warm?: true
}

export interface Counts {
  passed: number
  failed: number
  skipped: number
  errored: number
}

/** Number of tests by outcome. `todo` counts as skipped, and a file that could not be loaded as errored. */
export function countTests(outcome: Pick<Outcome, 'tests' | 'loadErrors'>): Counts {
  const count = (...kinds: TestOutcome[]) =>
    outcome.tests.filter(test => kinds.includes(test.outcome)).length
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped', 'todo'),
    errored: count('errored') + outcome.loadErrors.length,
  }
}
