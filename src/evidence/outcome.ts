/** What a finished run of tests said, test by test. The same for every framework. */

export type TestOutcome = 'passed' | 'failed' | 'errored' | 'skipped' | 'todo'

/**
 * Why a test did not pass. `assertion`: an expectation did not hold; `error`: the test's body threw something else;
 * `hook`: a set-up or tear-down hook broke; `timeout`: the framework's own limit; `crash`: the process died under it.
 */
export type Reason = 'assertion' | 'error' | 'hook' | 'timeout' | 'crash'

export interface TestResult {
  /** `file > suite > test`: stable between two runs of the same tests. A repeated name gets ` #2`, ` #3` … */
  id: string
  /** Relative to the workspace, `/`-separated. */
  file: string
  outcome: TestOutcome
  reason?: Reason
  /** First line of what the framework said about the failure. */
  message?: string
}

/** A requested file whose tests could not be found out, because loading it broke. */
export interface LoadError {
  file: string
  message: string
  /** The specifier of the module (or name of the export) that is missing, where that is the cause. */
  missing?: string
  /** The module that lacks it, where `missing` is an export. */
  missingFrom?: string
}

/** How a run ended, apart from what its tests said. */
export type RunEnd =
  /** The runner ended by itself and its report is complete. */
  | 'complete'
  /** Our time limit was reached. */
  | 'timed_out'
  /** It was killed, or died before its report was complete. */
  | 'crashed'
  /** The caller cancelled it. */
  | 'cancelled'
  /** It printed more than the limit and was stopped. */
  | 'output_limit'
  /** The program to run is not there. */
  | 'not_started'

export interface Outcome {
  end: RunEnd
  exitCode: number | null
  signal: string | null
  /** Milliseconds. */
  durationMs: number
  tests: TestResult[]
  loadErrors: LoadError[]
  /** First lines of errors that belong to no test: unhandled rejections, a dead worker. */
  unhandled: string[]
  /** Last lines of what was printed, both streams in order of arrival, without control characters. */
  output: string
  /** Hexadecimal sha256 of everything that was printed, as it was kept (redacted). */
  outputSha256: string
  /** Bytes printed in all. */
  outputBytes: number
  /** What was run: program and arguments. */
  command: string[]
  /** Framework and its version, such as `vitest 4.1.12`. */
  framework: string
  /** There was no report: neither which test failed nor why was seen. */
  exitCodeOnly?: true
}

export interface Counts {
  passed: number
  failed: number
  skipped: number
  errored: number
}

/** Tests by outcome; `todo` counts as skipped, a file that could not be loaded as errored. */
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
