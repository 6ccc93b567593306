import { randomBytes } from 'node:crypto'
import { existsSync, realpathSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Outcome } from '../evidence/outcome.ts'
import type { Framework, TestCommand, TestRequest } from './framework.ts'
import { mergeOutcomes } from './merge-outcomes.ts'
import { readReport } from './report-file.ts'
import { buildErrors } from './build-errors.ts'
import { countFinishedTests, FINISHED_TEST } from './reports/finished-tests.ts'
import { runProcess } from './run.ts'
import type { ProcessEnd } from './run-request.ts'
import type { StartedProcess } from './standby/started-process.ts'
import { prepareStandby, takeStandby } from './standby/test-standby.ts'
import {
  missingFilesOutcome,
  noTestsOutcome,
  notInstalledOutcome,
  relativePath,
  toOutcome,
  type TestRunRequest,
} from './run-outcome.ts'
import { variablesOf } from './run-variables.ts'
import { createTemporaryFolder } from './temporary-folder.ts'
import { useFor, usesIn } from './test-script/package-script.ts'
import { textOfFile } from './text-file.ts'

/** Runs tests with a framework and reads the result of every test from the framework's own machine report. */
export async function runTests(run: TestRunRequest): Promise<Outcome> {
  const target = withRealPaths(run)
  const missing = target.files.filter(file => !existsSync(file))
  if (missing.length > 0) return missingFilesOutcome(run, target, missing)
  if (target.files.length > 0 && target.files.every(isBlank)) return noTestsOutcome(run)
  const parts = scriptParts(run.framework, target).flatMap(({ script, ...part }) =>
    (run.framework.split?.(part) ?? [part]).map(one => ({ ...one, script })),
  )
  const outcomes: Outcome[] = []
  for (const [at, part] of parts.entries()) {
    // There is only one log file, so only the last part is logged.
    const log = at === parts.length - 1 ? run.log : undefined
    const finished = outcomes.flatMap(({ tests }) => tests).length
    const notify = run.onTests
    const onTests = notify && ((count: number) => notify(finished + count))
    const outcome = await runPart({ ...run, log, onTests }, { ...target, ...part })
    outcomes.push(outcome)
    // Needed if the report of the part is only written at its end.
    if (at < parts.length - 1) onTests?.(outcome.tests.length)
    if (outcome.end !== 'complete') break
  }
  const [first, ...others] = outcomes
  return first === undefined ? noTestsOutcome(run) : mergeOutcomes(first, ...others)
}

/**
 * Starts the runner for a later run of test files of a package, if that can run in a process that waits for it.
 *
 * @param files absolute, if they are known; a runner looks for them when it starts
 */
export async function prepareTests(
  run: Pick<TestRunRequest, 'framework' | 'cwd' | 'root' | 'register'>,
  files: string[] = [],
): Promise<void> {
  const knowsFiles = files.length > 0 && files.every(file => existsSync(file))
  const request = { ...run, files: knowsFiles ? files : [run.cwd], names: [], timeoutMs: 0 }
  const [target] = scriptParts(run.framework, withRealPaths(request))
  if (!target || !run.framework.standby) return
  const later = { ...target, report: '', key: '' }
  const command = run.framework.command(later)
  if (command) await prepareStandby(request, later, command, knowsFiles)
}

/** A full suite runs as the test script of the package says; single files run with its options. */
function scriptParts(framework: Framework, target: Target): Target[] {
  const uses = usesIn(target.cwd, framework.name)
  if (target.files.length > 0 || target.related || uses.length < 2)
    return [{ ...target, script: useFor(uses, target.cwd, target.files) }]
  return uses.map(script => ({ ...target, script }))
}

type Target = Omit<TestRequest, 'report' | 'key'>

async function runPart(run: TestRunRequest, target: Target): Promise<Outcome> {
  // Private and new for each run, so that a report cannot be from an earlier run or from another user.
  const folder = createTemporaryFolder('report')
  try {
    const key = randomBytes(32).toString('hex')
    const request = { ...target, report: path.join(folder.path, 'events'), key }
    if (run.framework.source === 'reporter')
      writeFileSync(`${request.report}.key`, request.key, { mode: 0o600, flag: 'wx' })
    return await runWithReport(run, request)
  } finally {
    folder.remove()
  }
}

async function runWithReport(run: TestRunRequest, request: TestRequest): Promise<Outcome> {
  const { framework } = run
  const command = framework.command(request)
  if (command === undefined) return notInstalledOutcome(run)
  const since = Date.now()
  const failed = await runPreparation(run, request, command)
  if (failed !== undefined) return failed
  const argv = [...command.argv, ...(command.select?.() ?? [])]
  const standby = run.warm ? await takeStandby(run, request, command) : undefined
  const exit = await start(run, request, command, argv, { standby })
  const text = framework.collect?.(request, since) ?? readReport(request.report)
  const stderr = readReport(captureFiles(request.report).stderr)
  const report = framework.parse(text, request, { ...exit, stderr })
  const outcome = toOutcome({ run, request, command: argv, exit, report })
  return standby ? { ...outcome, warm: true } : outcome
}

function captureFiles(report: string): { stdout: string; stderr: string } {
  return { stdout: report, stderr: `${report}.stderr` }
}

/** Runs the commands that have to succeed first. If a build fails, returns an outcome in which the test files are not loaded. */
async function runPreparation(
  run: TestRunRequest,
  request: TestRequest,
  command: TestCommand,
): Promise<Outcome | undefined> {
  for (const argv of command.before ?? []) {
    const exit = await start({ ...run, log: undefined }, request, { ...command, argv }, argv, {
      isPreparation: true,
    })
    if (exit.end === 'exited' && exit.exitCode === 0) continue
    const complete = exit.end === 'exited' && exit.signal === null
    const report = { complete, tests: [], loadErrors: [], unhandled: [], version: '' }
    const outcome = toOutcome({ run, request, command: argv, exit, report })
    return outcome.end === 'complete'
      ? { ...outcome, loadErrors: buildErrors(request, exit) }
      : outcome
  }
  return undefined
}

async function start(
  run: TestRunRequest,
  request: TestRequest,
  command: TestCommand,
  argv: string[],
  {
    isPreparation = false,
    standby,
  }: { isPreparation?: boolean; standby?: StartedProcess | undefined },
): Promise<ProcessEnd> {
  const { timeoutMs, maxOutputBytes, signal, log, register, framework } = run
  const counting = countFinishedTests(
    request.report,
    finishedTestIn(framework),
    isPreparation ? undefined : run.onTests,
  )
  const processRequest = {
    argv,
    cwd: request.cwd,
    timeoutMs,
    ...(maxOutputBytes !== undefined && { maxOutputBytes }),
    ...variablesOf(run, request, command),
    signal,
    log,
    register,
    thorough: !isPreparation,
    ...(!isPreparation &&
      framework.source === 'stdout' && { capture: captureFiles(request.report) }),
  }
  return await runProcess(processRequest, standby).finally(counting.stop)
}

function finishedTestIn({ finishedTest, source }: Framework): RegExp | undefined {
  return finishedTest ?? (source === 'reporter' ? FINISHED_TEST.sealed : undefined)
}

function isBlank(file: string): boolean {
  return textOfFile(file).trim() === ''
}

/** Resolves symbolic links, because runners report real paths and the workspace may be behind a link. Unifies the names. */
function withRealPaths(run: TestRunRequest): Target {
  const [cwd, root, files] = [real(run.cwd), real(run.root), run.files.map(real)]
  const inPackage = files.map(file => relativePath(cwd, file))
  const names = run.names.map(name =>
    name.includes(' > ') ? name : (run.framework.ownName?.(name, inPackage) ?? name),
  )
  return { cwd, root, files, related: run.related?.map(real), names, ownSources: run.ownSources }
}

function real(file: string): string {
  return existsSync(file) ? realpathSync(file) : path.resolve(file)
}
