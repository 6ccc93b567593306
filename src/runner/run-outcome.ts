import path from 'node:path'
import type { Outcome, RunEnd } from '../evidence/outcome.ts'
import type { Framework, Report, TestRequest } from './framework.ts'
import { packageRoot } from './package-root.ts'
import { type ProcessEnd, type RunRequest } from './run.ts'

/** Tests that are to be run. */
export interface TestRunRequest
  extends
    Pick<TestRequest, 'cwd' | 'root' | 'files' | 'names'>,
    Pick<RunRequest, 'timeoutMs' | 'maxOutputBytes' | 'signal' | 'log' | 'env' | 'register'> {
  framework: Framework
  /** Told how many tests have ended so far, where the report says it while they run. */
  onTests?: ((count: number) => void) | undefined
}

/** A run that is over. */
export interface Ended {
  run: TestRunRequest
  request: TestRequest
  command: string[]
  end: ProcessEnd
  report: Report
}

/** What process and report say together. */
export function outcomeOf({ run, request, command, end: ended, report }: Ended): Outcome {
  const { end: how, reason, ...seen } = ended
  const end = endOf(how, report)
  return {
    ...seen,
    end,
    tests: end === 'timed_out' ? report.tests.map(asTimedOut) : report.tests,
    loadErrors: report.loadErrors,
    unhandled: reason === undefined ? report.unhandled : [reason, ...report.unhandled],
    ...(report.said !== undefined && { output: report.said }),
    command: anonymous(command, request),
    framework: `${run.framework.name} ${report.version}`.trim(),
    ...(run.framework.exitCodeOnly && { exitCodeOnly: true }),
  }
}

/** The command without what differs from machine to machine: it is kept in a ledger that others read. */
function anonymous(command: readonly string[], { root, report }: TestRequest): string[] {
  const places = [
    [`${path.dirname(report)}${path.sep}`, '{report}/'],
    [`${root}${path.sep}`, ''],
    [`${packageRoot()}${path.sep}`, '{redgreen}/'],
  ] as const
  return command.map(word => {
    if (word === process.execPath) return 'node'
    return places.reduce((told, [place, name]) => told.replaceAll(place, name), word)
  })
}

function endOf(how: ProcessEnd['end'], report: Report): RunEnd {
  if (how !== 'exited') return how
  return report.complete ? 'complete' : 'crashed'
}

/** What was under way when our time was over did not crash. */
function asTimedOut(test: Outcome['tests'][number]): Outcome['tests'][number] {
  return test.reason === 'crash' ? { ...test, reason: 'timeout' } : test
}

const NOTHING = {
  exitCode: null,
  signal: null,
  durationMs: 0,
  tests: [],
  loadErrors: [],
  unhandled: [],
  output: '',
  outputSha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  outputBytes: 0,
  command: [],
} satisfies Partial<Outcome>

export function notInstalled(run: TestRunRequest): Outcome {
  const unhandled = [run.framework.install]
  return { ...NOTHING, end: 'not_started', unhandled, framework: run.framework.name }
}

/** Runners differ widely here: some count nothing, some run everything else, some fail. So none is asked. */
export function notThere(
  run: TestRunRequest,
  { root }: { root: string },
  absent: string[],
): Outcome {
  const loadErrors = absent.map(file => ({
    file: relative(root, file),
    message: 'The file does not exist.',
  }))
  return { ...NOTHING, end: 'complete', loadErrors, framework: run.framework.name }
}

/** To some runners an empty file is a passed test, to some a syntax error, to some nothing. It has no tests. */
export function nothingWritten(run: TestRunRequest): Outcome {
  return { ...NOTHING, end: 'complete', framework: run.framework.name }
}

/** A path of the workspace, with slashes. */
export function relative(root: string, file: string): string {
  return path.relative(root, file).split(path.sep).join('/')
}
