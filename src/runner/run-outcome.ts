import path from 'node:path'
import type { Outcome, RunEnd, TestResult } from '../evidence/outcome.ts'
import { downloadFailure } from './download-failure.ts'
import type { Framework, Report, TestRequest } from './framework.ts'
import { missingModule } from './missing-module.ts'
import { packageRoot } from './package-root.ts'
import { redactTokens, secretsOf } from './redact.ts'
import type { ProcessEnd, RunRequest } from './run-request.ts'
import { loadPlaceIn } from './reports/load-place.ts'
import { safeProgramText } from './safe-text.ts'

/** A request to run tests with a framework. */
export interface TestRunRequest
  extends
    Pick<TestRequest, 'cwd' | 'root' | 'files' | 'related' | 'names' | 'ownSources'>,
    Pick<RunRequest, 'timeoutMs' | 'maxOutputBytes' | 'signal' | 'log' | 'env' | 'register'> {
  framework: Framework
  /** A runner that was started before may run the tests. */
  warm?: boolean
  /** Called with the number of finished tests, if the report is written while the tests run. */
  onTests?: ((count: number) => void) | undefined
}

/** A finished run: what was requested, how the process ended, and what the report says. */
export interface FinishedRun {
  run: TestRunRequest
  request: TestRequest
  command: string[]
  exit: ProcessEnd
  report: Report
}

/** Combines the end of the process and the report into one outcome. */
export function toOutcome(finished: FinishedRun): Outcome {
  const { run, request, command, exit } = finished
  const report = withDownloadFailure({ ...finished, report: withPlaces(finished) })
  const { end: processEnd, reason: notStarted, ...observed } = exit
  const isOver = processEnd === 'exited' && !report.complete && report.tests.length === 0
  const module = isOver ? missingModule(run.framework, exit.output) : undefined
  const end = module === undefined ? endOf(processEnd, report) : 'not_started'
  const reason = module ?? notStarted
  const secrets = secretsOf(run.env ?? {})
  const safe = (text: string) => safeProgramText(text, secrets)
  const tests = report.tests.map(test => safeTest(test, safe))
  return {
    ...observed,
    end,
    tests: end === 'timed_out' ? tests.map(asTimedOut) : tests,
    loadErrors: report.loadErrors.map(error => ({
      ...error,
      message: safe(error.message),
    })),
    unhandled: (reason === undefined ? report.unhandled : [reason, ...report.unhandled]).map(safe),
    ...(report.output !== undefined && { output: safe(report.output) }),
    command: portableCommand(command, request),
    framework: `${run.framework.name} ${report.version}`.trim(),
    ...(run.framework.exitCodeOnly && { exitCodeOnly: true }),
  }
}

/** Some runners name the place of a load error in their output only. */
function withPlaces({ request, exit, report }: FinishedRun): Report {
  const loadErrors = report.loadErrors.map(error =>
    error.missing === undefined && error.place === undefined
      ? {
          ...error,
          ...loadPlaceIn(error.file, request.root, error.message, report.output ?? exit.output),
        }
      : error,
  )
  return { ...report, loadErrors }
}

/**
 * A build tool that could not download something never came to the tests: no file of the project is the cause. If an error has a
 * line of the project, it came as far as that line.
 */
function withDownloadFailure({ exit, report }: FinishedRun): Report {
  const hasStarted =
    report.tests.length > 0 || report.loadErrors.some(({ place }) => place !== undefined)
  const failure = hasStarted || exit.exitCode === 0 ? undefined : downloadFailure(exit.output)
  return failure === undefined
    ? report
    : { ...report, complete: false, loadErrors: [], unhandled: [failure] }
}

/** Cleans the result of a test before it is stored or shown. In the name of the test, only tokens are redacted. */
function safeTest(test: TestResult, safe: (text: string) => string): TestResult {
  const { id, message } = test
  return { ...test, id: redactTokens(id), ...(message !== undefined && { message: safe(message) }) }
}

/** The command without paths that differ between machines, because it is stored in the ledger. */
function portableCommand(command: readonly string[], { root, report }: TestRequest): string[] {
  const replacements = [
    [`${path.dirname(report)}${path.sep}`, '{report}/'],
    [`${root}${path.sep}`, ''],
    [`${packageRoot()}${path.sep}`, '{redgreen}/'],
  ] as const
  return command.map(word => {
    if (word === process.execPath) return 'node'
    return replacements.reduce((text, [prefix, name]) => text.replaceAll(prefix, name), word)
  })
}

function endOf(processEnd: ProcessEnd['end'], report: Report): RunEnd {
  if (processEnd !== 'exited') return processEnd
  return report.complete ? 'complete' : 'crashed'
}

/** A test that was running at the time limit did not crash. */
function asTimedOut(test: Outcome['tests'][number]): Outcome['tests'][number] {
  return test.reason === 'crash' ? { ...test, reason: 'timeout' } : test
}

const EMPTY = {
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

/** The outcome if the test runner is not installed. It says how to install it. */
export function notInstalledOutcome(run: TestRunRequest): Outcome {
  const unhandled = [run.framework.install]
  return { ...EMPTY, end: 'not_started', unhandled, framework: run.framework.name }
}

/** The outcome if requested files do not exist. No runner is started, because each treats missing files in its own way. */
export function missingFilesOutcome(
  run: TestRunRequest,
  { root }: { root: string },
  missing: string[],
): Outcome {
  const loadErrors = missing.map(file => ({
    file: relativePath(root, file),
    message: 'The file does not exist.',
  }))
  return { ...EMPTY, end: 'complete', loadErrors, framework: run.framework.name }
}

/** The outcome if all requested files are empty. No runner is started: some would report an empty file as a passed test. */
export function noTestsOutcome(run: TestRunRequest): Outcome {
  return { ...EMPTY, end: 'complete', framework: run.framework.name }
}

/** The path of a file relative to the root of the workspace, separated by `/`. */
export function relativePath(root: string, file: string): string {
  return path.relative(root, file).split(path.sep).join('/')
}
