import type { Report, TestRequest } from '../framework.ts'
import type { ReportEvent, TestState } from '../reporters/event.ts'
import type { Reason } from '../../evidence/outcome.ts'
import { reportFromEvents } from './event-report.ts'

/** One test as another program's report tells it. */
export interface ParsedTest {
  /** Absolute, or relative to the command's working directory. */
  file: string
  /** From the outermost suite inwards, with ` > ` between. */
  name: string
  state: TestState
  reason?: Reason
  message?: string
}

/** What a report in somebody else's format says. */
export interface ParsedReport {
  tests: ParsedTest[]
  /** Files that could not be loaded. */
  broken: { file: string; message: string }[]
  /** Tests that were begun and did not end. */
  open?: Pick<ParsedTest, 'file' | 'name'>[]
  unhandled: string[]
  /** The report was ended as its format asks for. */
  complete: boolean
  version?: string
}

/** Turns another format into what our own reporters would have written, so that both are judged by the same rules. */
export function toReport(told: ParsedReport, request: TestRequest): Report {
  const { tests, broken, open = [], unhandled, complete, version = '' } = told
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
