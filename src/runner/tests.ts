import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { open, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Outcome } from '../evidence/outcome.ts'
import type { TestCommand, Framework, TestRequest } from './framework.ts'
import { mergeOutcomes } from './merge.ts'
import { firstLine } from './reports/names.ts'
import { countFinishedTests, ENDED } from './reports/count.ts'
import { type ProcessEnd, runProcess } from './run.ts'
import { openTemporary } from './temporary.ts'

import {
  nothingWritten,
  notInstalled,
  notThere,
  outcomeOf,
  relative,
  type TestRunRequest,
} from './run-outcome.ts'

/** Runs tests with a framework's own machine report and says, test by test, how they ended. */
export async function runTests(run: TestRunRequest): Promise<Outcome> {
  const asked = withRealPaths(run)
  const absent = asked.files.filter(file => !existsSync(file))
  if (absent.length > 0) return notThere(run, asked, absent)
  if (asked.files.length > 0 && asked.files.every(isBlank)) return nothingWritten(run)
  const parts = run.framework.split?.(asked) ?? [asked]
  const outcomes: Outcome[] = []
  for (const [at, part] of parts.entries()) {
    // The log is one file: the last part's stands for all of them.
    const log = at === parts.length - 1 ? run.log : undefined
    const before = outcomes.flatMap(({ tests }) => tests).length
    const tell = run.onTests
    const onTests = tell && ((count: number) => tell(before + count))
    const outcome = await runAsked({ ...run, log, onTests }, { ...asked, ...part })
    outcomes.push(outcome)
    // Where the report says nothing while it runs, its end does.
    if (at < parts.length - 1) onTests?.(outcome.tests.length)
    if (outcome.end !== 'complete') break
  }
  const [first, ...others] = outcomes
  return first === undefined ? nothingWritten(run) : mergeOutcomes(first, ...others)
}

async function runAsked(
  run: TestRunRequest,
  asked: Omit<TestRequest, 'report' | 'key'>,
): Promise<Outcome> {
  // Private and new for each run: a report can neither be left over nor be laid there by somebody else.
  const folder = await openTemporary('report')
  try {
    const key = randomBytes(32).toString('hex')
    const request = { ...asked, report: path.join(folder, 'events'), key }
    if (run.framework.source === 'reporter')
      await writeFile(`${request.report}.key`, request.key, { mode: 0o600, flag: 'wx' })
    return await runReported(run, request)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function runReported(run: TestRunRequest, request: TestRequest): Promise<Outcome> {
  const { framework } = run
  const command = framework.command(request)
  if (command === undefined) return notInstalled(run)
  const since = Date.now()
  const broken = await runPreparation(run, request, command)
  if (broken !== undefined) return broken
  const end = await start(run, request, command, command.argv)
  const text = framework.collect?.(request, since) ?? (await readCapped(request.report))
  const stderr = await readCapped(streamsAt(request.report).stderr)
  const report = framework.parse(text, request, { ...end, stderr })
  return outcomeOf({ run, request, command: command.argv, end, report })
}

function streamsAt(report: string): { stdout: string; stderr: string } {
  return { stdout: report, stderr: `${report}.stderr` }
}

/** What has to be built first. A build that breaks is what keeps the tests from being loaded. */
async function runPreparation(
  run: TestRunRequest,
  request: TestRequest,
  command: TestCommand,
): Promise<Outcome | undefined> {
  for (const argv of command.before ?? []) {
    const end = await start({ ...run, log: undefined }, request, { ...command, argv }, argv, false)
    if (end.end === 'exited' && end.exitCode === 0) continue
    const complete = end.end === 'exited' && end.signal === null
    const report = { complete, tests: [], loadErrors: [], unhandled: [], version: '' }
    const outcome = outcomeOf({ run, request, command: argv, end, report })
    return complete ? { ...outcome, loadErrors: buildErrors(request, end) } : outcome
  }
  return undefined
}

function buildErrors(request: TestRequest, { output }: ProcessEnd): Outcome['loadErrors'] {
  const lines = output.split('\n').map(line => line.trim())
  const error = lines.find(line => /\berror\b/i.test(line)) ?? lines.findLast(line => line !== '')
  const message = firstLine(error ?? 'The build ended with an error and named none.')
  const files = request.files.length > 0 ? request.files : [request.cwd]
  return files.map(file => ({ file: relative(request.root, file), message }))
}

async function start(
  run: TestRunRequest,
  request: TestRequest,
  command: TestCommand,
  argv: string[],
  isRun = true,
): Promise<ProcessEnd> {
  const { timeoutMs, maxOutputBytes, signal, log, register } = run
  const counting = countFinishedTests(
    request.report,
    endedIn(run.framework),
    isRun ? run.onTests : undefined,
  )
  return await runProcess({
    argv,
    cwd: request.cwd,
    timeoutMs,
    ...(maxOutputBytes !== undefined && { maxOutputBytes }),
    env: { ...run.env, ...command.env },
    signal,
    log,
    register,
    ...(isRun && run.framework.source === 'stdout' && { capture: streamsAt(request.report) }),
  }).finally(counting.stop)
}

function endedIn({ ended, source }: Framework): RegExp | undefined {
  return ended ?? (source === 'reporter' ? ENDED.sealed : undefined)
}

function isBlank(file: string): boolean {
  return readFileSync(file, 'utf8').trim() === ''
}

/** Runners report real paths; on some systems the temporary folder, or the workspace itself, is behind a link. */
function withRealPaths(run: TestRunRequest): Omit<TestRequest, 'report' | 'key'> {
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
