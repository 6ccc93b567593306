import type { Reason } from '../../evidence/outcome.ts'

/** One line of a report. The reporters write it inside the project's test runner, and `reports/events.ts` reads it. */
export type ReportEvent =
  | { ev: 'run-start'; runner: string; version: string }
  /** A file starts. `tests` lists its tests in the order of definition if they are known before they run. */
  | { ev: 'file'; file: string; tests: ReportedTest[] }
  | ({ ev: 'test-start'; file: string } & ReportedTest)
  | ({ ev: 'test'; file: string; state: TestState } & ReportedTest & Partial<ReportedFailure>)
  /** A test has ended, and its result follows later. */
  | ({ ev: 'test-end'; file: string } & ReportedTest)
  /** A hook that belongs to no single test failed. */
  | { ev: 'hook-error'; file: string; message: string }
  /** A file ends. `errors` prevented it from loading; `died` says how its process ended if it did not exit normally. */
  | { ev: 'file-end'; file: string; errors: string[]; died?: string }
  | { ev: 'run-end'; unhandled: string[] }

/** `key` distinguishes tests of the same name within a file. */
export interface ReportedTest {
  key: string
  name: string
}

/** `unready`: the test did not run, because a hook before it failed. `group`: a suite, which does not count as a test. */
export type TestState = 'passed' | 'failed' | 'skipped' | 'todo' | 'unready' | 'group'

export interface ReportedFailure {
  reason: Reason
  message: string
}
