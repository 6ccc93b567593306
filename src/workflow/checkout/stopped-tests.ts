import { olderTestOf } from '../../evidence/check-configuration.ts'
import type { StoppedTest } from '../../evidence/event-parts.ts'
import type { Outcome } from '../../evidence/outcome.ts'
import { judgeEnd } from '../../evidence/run-end.ts'
import { formatList } from '../../plan/format-list.ts'
import { kindsOfKey } from '../../runner/check-configuration.ts'
import { takeTree, type Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { record } from '../context/record.ts'
import { withTransaction } from '../context/transaction.ts'
import { changedSinceStart, currentCheckConfiguration } from '../testing/check-configuration.ts'
import { restoreTree, snapshotAtStart, type StoredSnapshot } from '../testing/snapshots.ts'
import { runTestsAt } from '../testing/test-run.ts'
import { isSame, type TestRunner } from '../testing/package-runner.ts'
import { findTestRunner } from '../testing/test-runner.ts'
import { inCheckoutIfAvailable } from './checkout.ts'

/**
 * Tests that ran at the start of the feature and do not run in this full suite: deleted, skipped, or excluded by configuration.
 * Test files that may have lost tests run once on the files of the feature's start, in a checkout; the result is recorded.
 */
export async function stoppedTests(
  context: Context,
  testRunner: TestRunner,
  outcome: Pick<Outcome, 'tests' | 'loadErrors'>,
): Promise<StoppedTest[]> {
  const start = snapshotAtStart(context.ledger.events)
  const before = start && (await restoreTree(context, start))
  if (!start || !before) return []
  const now = await takeTree(context.workspace)
  const checkConfiguration = await currentCheckConfiguration(context, now)
  const configuration = changedSinceStart(context, checkConfiguration).filter(decidesRun)
  const suspects = suspectFiles(context, testRunner, outcome, { before, now, configuration })
  if (suspects.length === 0) return []
  const ran = await ranAtStart(context, testRunner, start, suspects)
  const current = currentTests(outcome)
  const wanted = new Set(suspects)
  return [...ran]
    .filter(id => wanted.has(fileOf(id)) && !current.ran.has(id) && !isMoved(id, current, before))
    .slice(0, MAX_CHECKED)
    .map(id => ({ id, cause: causeOf(id, { current, now, configuration }) }))
}

/** Whether the key is configuration of the test runner, or a script that runs tests. */
function decidesRun(key: string): boolean {
  return olderTestOf(key) === undefined && kindsOfKey(key).every(kind => kind === 'script')
}

/** Limits the size of the event. */
const MAX_CHECKED = 200

interface CurrentTests {
  ran: Set<string>
  idle: Set<string>
  /** Files by the name of a test. */
  byName: Map<string, string[]>
}

function didNotRun({ outcome }: Outcome['tests'][number]): boolean {
  return outcome === 'skipped' || outcome === 'todo'
}

function currentTests({ tests }: Pick<Outcome, 'tests'>): CurrentTests {
  const ran = tests.filter(test => !didNotRun(test))
  const byName = new Map<string, string[]>()
  for (const { id, file } of ran) {
    const name = id.slice(file.length)
    byName.set(name, [...(byName.get(name) ?? []), file])
  }
  return {
    ran: new Set(ran.map(({ id }) => id)),
    idle: new Set(tests.filter(didNotRun).map(({ id }) => id)),
    byName,
  }
}

/** Files of the feature's start that may have lost tests: they changed, were deleted, or report no test with a changed configuration. */
function suspectFiles(
  context: Context,
  testRunner: TestRunner,
  { tests, loadErrors }: Pick<Outcome, 'tests' | 'loadErrors'>,
  { before, now, configuration }: { before: Tree; now: Tree; configuration: readonly string[] },
): string[] {
  const idle = new Set(tests.filter(didNotRun).map(({ file }) => file))
  const reported = new Set([...tests, ...loadErrors].map(({ file }) => file))
  const hashes = new Set(Object.values(now.files))
  return Object.entries(before.files).flatMap(([file, hash]) => {
    if (!testRunner.isTest(file)) return []
    const current = now.files[file]
    const isRenamed = current === undefined && hashes.has(hash)
    const isLess =
      current === hash && configuration.length > 0 && (!reported.has(file) || idle.has(file))
    if (isRenamed || !(current !== hash || isLess)) return []
    const own = findTestRunner(context, file)
    return own && isSame(own, testRunner) ? [file] : []
  })
}

/** Ids of the tests that ran in these files at the start of the feature. */
async function ranAtStart(
  context: Context,
  testRunner: TestRunner,
  start: StoredSnapshot,
  files: readonly string[],
): Promise<Set<string>> {
  const baselines = context.ledger.events.filter(event => event.kind === 'baseline')
  const complete = baselines.filter(({ ran }) => ran !== undefined)
  const known = new Set(complete.flatMap(baseline => baseline.files))
  const ran = new Set(complete.flatMap(baseline => baseline.ran ?? []))
  const unknown = files.filter(file => !known.has(file))
  if (unknown.length === 0) return ran
  context.call.note('running changed test files on the sources from before the feature')
  const result = await inCheckoutIfAvailable(
    context,
    start,
    () => false,
    ({ root }) => runTestsAt(context, testRunner, root, { files: unknown, names: [] }),
  )
  if (!result || judgeEnd(result.outcome)) return ran
  const now = [...currentTests(result.outcome).ran].slice(0, MAX_AT_START)
  await withTransaction(context.call, context =>
    record(context, {
      kind: 'baseline',
      settings: context.settings.hash,
      ...start,
      run: result.run,
      counts: result.counts,
      files: unknown,
      failing: [],
      ran: now,
    }),
  )
  return new Set([...ran, ...now])
}

const MAX_AT_START = 2000

/** A test of the same name runs in a file that is new. */
function isMoved(id: string, { byName }: CurrentTests, before: Tree): boolean {
  const files = byName.get(id.slice(fileOf(id).length)) ?? []
  return files.some(file => before.files[file] === undefined)
}

function causeOf(
  id: string,
  {
    current,
    now,
    configuration,
  }: { current: CurrentTests; now: Tree; configuration: readonly string[] },
): string {
  const file = fileOf(id)
  if (now.files[file] === undefined) return 'its file was deleted'
  if (current.idle.has(id)) return 'it is skipped'
  const isReported = [...current.ran, ...current.idle].some(other => fileOf(other) === file)
  if (isReported || configuration.length === 0) return 'it was removed or renamed'
  return `its file is not run: ${formatList(configuration, 3)} changed`
}

/** Test ids begin with their file. */
function fileOf(id: string): string {
  return id.split(' > ')[0] ?? id
}
