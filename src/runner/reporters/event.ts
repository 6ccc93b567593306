import type { Reason } from '../../evidence/outcome.ts'

/** One line of a report. Written by the reporters inside the user's test runner, read by `reports/events.ts`. */
export type ReportEvent =
  | { ev: 'run-start'; runner: string; version: string }
  /** A file was taken up; `tests` where they are known before they run, in the order of their definition. */
  | { ev: 'file'; file: string; tests: ReportedTest[] }
  | ({ ev: 'test-start'; file: string } & ReportedTest)
  | ({ ev: 'test'; file: string; state: TestState } & ReportedTest & Partial<ReportedFailure>)
  /** A test has ended; how it did is told later. */
  | ({ ev: 'test-end'; file: string } & ReportedTest)
  /** A set-up or tear-down that broke and belongs to no single test. */
  | { ev: 'hook-error'; file: string; message: string }
  /** `errors` broke the file as a whole; `died` says how its process ended, when not by itself. */
  | { ev: 'file-end'; file: string; errors: string[]; died?: string }
  | { ev: 'run-end'; unhandled: string[] }

/** `key` tells tests of the same name apart within a file. */
export interface ReportedTest {
  key: string
  name: string
}

/** `unready`: it never ran, because a hook before it broke. `group`: a suite, whose end is no test's. */
export type TestState = 'passed' | 'failed' | 'skipped' | 'todo' | 'unready' | 'group'

export interface ReportedFailure {
  reason: Reason
  message: string
}
