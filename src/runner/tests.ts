import { randomBytes } from 'node:crypto'
import { existsSync, realpathSync } from 'node:fs'
import { open, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Outcome, RunEnd } from '../evidence/outcome.ts'
import type { Framework, Report, TestRequest } from './framework.ts'
import { packageRoot } from './package-root.ts'
import { countTests } from './reports/count.ts'
import { type ProcessEnd, type RunRequest, runProcess } from './run.ts'
import { openTemporary } from './temporary.ts'

export interface TestRun
  extends
    Pick<TestRequest, 'cwd' | 'root' | 'files' | 'names'>,
    Pick<RunRequest, 'timeoutMs' | 'maxOutputBytes' | 'signal' | 'log' | 'env' | 'register'> {
  framework: Framework
  /** Told how many tests have ended so far, where the report says it while they run. */
  onTests?: ((count: number) => void) | undefined
}

/** Runs tests with a framework's own machine report and says, test by test, how they ended. */
export async function runTests(run: TestRun): Promise<Outcome> {
  const asked = withRealPaths(run)
  const absent = asked.files.filter(file => !existsSync(file))
  if (absent.length > 0) return notThere(run, asked, absent)
  // Private and new for each run: a report can neither be left over nor be laid there by somebody else.
  const folder = await openTemporary('report')
  try {
    const request = {
      ...asked,
      report: path.join(folder, 'events'),
      key: randomBytes(32).toString('hex'),
    }
    await writeFile(`${request.report}.key`, request.key, { mode: 0o600, flag: 'wx' })
    return await runReported(run, request)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function runReported(run: TestRun, request: TestRequest): Promise<Outcome> {
  const command = run.framework.command(request)
  if (command === undefined) return notInstalled(run)
  const { timeoutMs, maxOutputBytes, signal, log, register } = run
  const env = { ...run.env, ...command.env }
  const limits = { timeoutMs, ...(maxOutputBytes === undefined ? {} : { maxOutputBytes }) }
  const counting = countTests(request.report, run.onTests)
  const end = await runProcess({
    ...command,
    ...limits,
    env,
    cwd: request.cwd,
    signal,
    log,
    register,
  }).finally(counting.stop)
  const report = run.framework.parse(await readCapped(request.report), request)
  return outcomeOf({ run, request, command: command.argv, end, report })
}

interface Ended {
  run: TestRun
  request: TestRequest
  command: string[]
  end: ProcessEnd
  report: Report
}

function outcomeOf({ run, request, command, end: ended, report }: Ended): Outcome {
  const { end: how, reason, ...seen } = ended
  const end = endOf(how, report)
  return {
    ...seen,
    end,
    tests: end === 'timed_out' ? report.tests.map(asTimedOut) : report.tests,
    loadErrors: report.loadErrors,
    unhandled: reason === undefined ? report.unhandled : [reason, ...report.unhandled],
    command: anonymous(command, request),
    framework: `${run.framework.name} ${report.version}`.trim(),
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

function notInstalled(run: TestRun): Outcome {
  const unhandled = [run.framework.install]
  return { ...NOTHING, end: 'not_started', unhandled, framework: run.framework.name }
}

/** Runners differ widely here: some count nothing, some run everything else, some fail. So none is asked. */
function notThere(run: TestRun, { root }: { root: string }, absent: string[]): Outcome {
  const loadErrors = absent.map(file => ({
    file: path.relative(root, file).split(path.sep).join('/'),
    message: 'The file does not exist.',
  }))
  return { ...NOTHING, end: 'complete', loadErrors, framework: run.framework.name }
}

/** Runners report real paths; on some systems the temporary folder, or the workspace itself, is behind a link. */
function withRealPaths(run: TestRun): Omit<TestRequest, 'report' | 'key'> {
  const { names } = run
  return { cwd: real(run.cwd), root: real(run.root), files: run.files.map(real), names }
}

function real(file: string): string {
  return existsSync(file) ? realpathSync(file) : path.resolve(file)
}

const LONGEST_REPORT = 64 * 1024 * 1024

async function readCapped(file: string): Promise<string> {
  if (!existsSync(file)) return ''
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    const buffer = Buffer.alloc(Math.min(size, LONGEST_REPORT))
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await handle.close()
  }
}
