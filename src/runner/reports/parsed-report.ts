import type { Report, TestRequest } from '../framework.ts'
import type { ReportEvent, TestState } from '../reporters/event.ts'
import type { Reason } from '../../evidence/outcome.ts'
import { reportFromEvents } from './event-report.ts'

/** A test result, read from a report in another program's format. */
export interface ParsedTest {
  /** Absolute, or relative to the command's working directory. */
  file: string
  /** The names of the suites, from the outermost one, and of the test, joined by ` > `. */
  name: string
  state: TestState
  reason?: Reason
  message?: string
}

/** A report that was read from another program's format. */
export interface ParsedReport {
  tests: ParsedTest[]
  /** Files that could not be loaded. */
  broken: { file: string; message: string }[]
  /** Tests that started and did not end. */
  open?: Pick<ParsedTest, 'file' | 'name'>[]
  unhandled: string[]
  /** The report has the end that its format requires. */
  complete: boolean
  version?: string
}

/** Converts a parsed report to the events of a redgreen reporter, so that the same rules apply to both. */
export function toReport(parsed: ParsedReport, request: TestRequest): Report {
  const { tests, broken, open = [], unhandled, complete, version = '' } = parsed
  const files = new Set([...tests, ...broken, ...open].map(({ file }) => file))
  const end: ReportEvent[] = complete ? [{ ev: 'run-end', unhandled }] : []
  const report = reportFromEvents(
    [
      { ev: 'run-start', runner: '', version },
      ...open.map(startOf),
      ...tests.map(eventOf),
      ...[...files].map(file => endOf(file, broken)),
      ...end,
    ],
    request,
  )
  return complete ? report : { ...report, unhandled: [...unhandled, ...report.unhandled] }
}

function startOf({ file, name }: Pick<ParsedTest, 'file' | 'name'>): ReportEvent {
  return { ev: 'test-start', file, key: name, name }
}

function eventOf({ file, name, state, reason = 'error', message = '' }: ParsedTest): ReportEvent {
  const test = { ev: 'test' as const, file, key: name, name, state }
  return state === 'failed' ? { ...test, reason, message } : test
}

function endOf(file: string, broken: ParsedReport['broken']): ReportEvent {
  const errors = broken.filter(one => one.file === file).map(({ message }) => message)
  return { ev: 'file-end', file, errors }
}
