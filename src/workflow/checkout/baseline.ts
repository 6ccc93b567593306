import path from 'node:path'
import { lastEvent, type EventOf } from '../../evidence/event.ts'
import type { Outcome } from '../../evidence/outcome.ts'
import { failedThreshold } from '../../evidence/suite.ts'
import { judgeEnd } from '../../evidence/run-end.ts'
import type { Context } from '../context/context.ts'
import { record } from '../context/record.ts'
import { withTransaction } from '../context/transaction.ts'
import { restoreTree, snapshotAtStart, type StoredSnapshot } from '../testing/snapshots.ts'
import { runFilesAt, runSuiteAt } from '../testing/test-run.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import { inCheckoutIfAvailable } from './checkout.ts'

interface FailedRun {
  outcome: Outcome
  /** Ids of tests, and files that could not be loaded. */
  failing: readonly string[]
}

/**
 * Runs test files that fail for the first time on the files of the feature's start, in a checkout, and records what fails there
 * for the same cause: it was broken before the work. Returns those ids and files.
 */
export async function runBaseline(
  context: Context,
  testRunner: TestRunner,
  failedRun: FailedRun,
): Promise<string[]> {
  const start = snapshotAtStart(context.ledger.events)
  const files = start ? await filesToRun(context, failedRun, start) : []
  if (!start || files.length === 0) return []
  context.call.note('running the failed tests on the sources from before the feature')
  // If the sources are not available, no failure is excused.
  const result = await inCheckoutIfAvailable(
    context,
    start,
    () => false,
    ({ root }) => runFilesAt(context, testRunner, root, files),
  )
  if (!result || judgeEnd(result.outcome)) return []
  const causesAtStart = causesOf(result.outcome)
  const failing = [...causesOf(failedRun.outcome)]
    .filter(([id, cause]) => causesAtStart.get(id) === cause)
    .map(([id]) => id)
  await recordBaseline(context, start, result, { files, failing })
  return failing
}

/** Records what failed on the files of the feature's start. */
async function recordBaseline(
  context: Context,
  start: StoredSnapshot,
  { run, counts }: Pick<EventOf<'baseline'>, 'run' | 'counts'>,
  found: Pick<EventOf<'baseline'>, 'files' | 'failing'>,
): Promise<void> {
  await withTransaction(context.call, context =>
    record(context, {
      kind: 'baseline',
      settings: context.settings.hash,
      ...start,
      run,
      counts,
      ...found,
    }),
  )
}

/** Stands for the coverage of the suite among the failures of a baseline. */
export const COVERAGE_THRESHOLD = 'coverage threshold'

/**
 * Whether the coverage was already below the project's threshold at the feature's start. The suite runs once on those files, in a checkout,
 * and the result is recorded.
 */
export async function wasBelowThreshold(
  context: Context,
  testRunner: TestRunner,
): Promise<boolean> {
  const dir = path.relative(context.workspace.root, testRunner.package.folder)
  // Each package has its own threshold, and other settings may run another suite.
  const name = dir === '' ? COVERAGE_THRESHOLD : `${COVERAGE_THRESHOLD} of ${dir}`
  const known = lastEvent(
    context.ledger.events,
    'baseline',
    ({ files, settings }) => files.includes(name) && settings === context.settings.hash,
  )
  if (known) return known.failing.includes(name)
  const start = snapshotAtStart(context.ledger.events)
  if (!start) return false
  context.call.note('running the suite on the sources from before the feature')
  const result = await inCheckoutIfAvailable(
    context,
    start,
    () => false,
    ({ root }) => runSuiteAt(context, testRunner, root),
  )
  if (!result || judgeEnd(result.outcome)) return false
  const failing = failedThreshold(result.outcome) ? [name] : []
  await recordBaseline(context, start, result, { files: [name], failing })
  return failing.length > 0
}

/**
 * The cause of each failure, by test id or file. A test that now fails for another cause, or a file that lacks another module,
 * was broken by the work.
 */
function causesOf({ tests, loadErrors }: Outcome): Map<string, string> {
  const failed = tests.filter(test => ['failed', 'errored'].includes(test.outcome))
  return new Map([
    ...failed.map(
      ({ id, reason = '', message = '' }) => [id, `${reason} ${comparable(message)}`] as const,
    ),
    ...loadErrors.map(
      ({ file, missing, message }) => [file, missing ?? comparable(message)] as const,
    ),
  ])
}

/** A message without the parts that differ from run to run: numbers (times, lines) and paths. */
function comparable(message: string): string {
  return message.replaceAll(/\d+/g, '#').replaceAll(/\S*[\\/]\S*/g, '…')
}

/**
 * Files with failures that existed at the start. A file that passed there before runs again, because a test that needs a network or a clock
 * may now fail on any sources.
 */
async function filesToRun(
  context: Context,
  { outcome, failing }: FailedRun,
  start: StoredSnapshot,
): Promise<string[]> {
  const failed = new Set(failing)
  const files = [
    ...outcome.tests.filter(({ id }) => failed.has(id)).map(({ file }) => file),
    ...outcome.loadErrors.map(({ file }) => file).filter(file => failed.has(file)),
  ]
  const filesAtStart = (await restoreTree(context, start))?.files ?? {}
  return [...new Set(files)].filter(file => filesAtStart[file] !== undefined)
}
