import path from 'node:path'
import type { RunRecord, RecordedTest } from '../../evidence/event-parts.ts'
import { countTests, type Counts, type Outcome } from '../../evidence/outcome.ts'
import { withoutEmpty } from '../../runner/empty-suites.ts'
import { mergeOutcomes } from '../../runner/merge-outcomes.ts'
import { toSlashes } from '../../store/workspace.ts'
import type { Context } from '../context/context.ts'
import { newRunId } from './project-command.ts'
import { testRunRecord } from './run-record.ts'
import { projectSuite } from './suite-runners.ts'
import { isSame, filesRun, type TestRunner } from './package-runner.ts'
import { findTestRunner } from './test-runner.ts'
import { type Selection, runOnce } from './run-once.ts'

/** The result of running tests, in the workspace or in a checkout. */
export interface TestRunResult {
  outcome: Outcome
  run: RunRecord
  counts: Counts
  tests: RecordedTest[]
}

/** Runs test files (relative paths) in the workspace or in a checkout of it; `root` is the folder of either. */
export async function runTestsAt(
  context: Context,
  testRunner: TestRunner,
  root: string,
  { files, names, warm = false }: Pick<Selection, 'files' | 'names' | 'warm'>,
): Promise<TestRunResult> {
  const id = newRunId(context.call)
  const outcome = await runOnce(context, testRunner, root, { files, names, id, warm })
  return resultOf(context, testRunner, id, outcome)
}

/** Runs test files of any packages below a root, each with its own test runner. */
export async function runFilesAt(
  context: Context,
  fallback: TestRunner,
  root: string,
  files: readonly string[],
  warm = false,
): Promise<TestRunResult> {
  const id = newRunId(context.call)
  const [main = { testRunner: fallback, files: [] }, ...more] = byRunner(context, fallback, files)
  const selection = { files: main.files, names: [], id, warm }
  const first = await runOnce(context, main.testRunner, root, selection)
  const others: Outcome[] = []
  for (const { testRunner, files } of more)
    others.push(await runOnce(context, testRunner, root, { files, names: [], warm }))
  return resultOf(context, main.testRunner, id, mergeOutcomes(first, ...others))
}

/** Runs test files within a time limit, without a log and without counting tests, for a result that nobody reads as such. */
export async function runWithin(
  context: Context,
  testRunner: TestRunner,
  root: string,
  { files, ...rest }: Required<Omit<Selection, 'id' | 'warm' | 'related'>>,
): Promise<Outcome> {
  const groups =
    rest.names.length > 0
      ? [{ testRunner, files: [...files] }]
      : byRunner(context, testRunner, files)
  const outcomes: Outcome[] = []
  for (const group of groups)
    outcomes.push(await runOnce(context, group.testRunner, root, { files: group.files, ...rest }))
  const [first, ...others] = outcomes
  if (!first) throw new Error('There is no test file to run.')
  return mergeOutcomes(first, ...others)
}

/** Test files by the runner of their package. */
function byRunner(
  context: Context,
  fallback: TestRunner,
  files: readonly string[],
): { testRunner: TestRunner; files: string[] }[] {
  const groups: { testRunner: TestRunner; files: string[] }[] = []
  for (const file of files) {
    const own = findTestRunner(context, file) ?? fallback
    const group = groups.find(({ testRunner }) => isSame(testRunner, own))
    if (group) group.files.push(file)
    else groups.push({ testRunner: own, files: [file] })
  }
  return groups
}

/** Runs the full suite in the workspace or in a checkout of it. */
export async function runSuiteAt(
  context: Context,
  testRunner: TestRunner,
  root: string,
): Promise<TestRunResult> {
  const id = newRunId(context.call)
  const [main = testRunner, ...more] = projectSuite(context).testRunners
  const outcomes = [await runOnce(context, main, root, { files: [], names: [], id })]
  for (const other of more) {
    if (outcomes.some(({ end }) => end !== 'complete')) break
    outcomes.push(await runOnce(context, other, root, { files: [], names: [] }))
  }
  if (outcomes.every(({ end }) => end === 'complete'))
    outcomes.push(...(await runOtherSuites(context, root, [main, ...more], outcomes)))
  const [first, ...others] = withoutEmpty(outcomes)
  if (!first) throw new Error('A suite has no runs.')
  return resultOf(context, main, id, mergeOutcomes(first, ...others))
}

/** Runs the tests that load source files (relative paths), within a time limit. */
export async function runRelatedAt(
  context: Context,
  testRunner: TestRunner,
  root: string,
  { related, timeoutMs }: Required<Pick<Selection, 'related' | 'timeoutMs'>>,
): Promise<TestRunResult> {
  const id = newRunId(context.call)
  const selection = { files: [], related, names: [], id, timeoutMs }
  return resultOf(context, testRunner, id, await runOnce(context, testRunner, root, selection))
}

function resultOf(
  { workspace }: Context,
  testRunner: TestRunner,
  id: string,
  outcome: Outcome,
): TestRunResult {
  const folder = toSlashes(path.relative(workspace.root, testRunner.package.folder))
  const run = testRunRecord(id, outcome, folder)
  return { outcome, run, counts: countTests(outcome), tests: outcome.tests }
}

/**
 * A workspace may have several packages, languages and test runners. If the first suite does not report a known test file, the
 * file belongs to another test runner, whose suite runs too. A test runner that reports nothing but its exit code runs that
 * file by its name.
 */
async function runOtherSuites(
  context: Context,
  root: string,
  already: readonly TestRunner[],
  ran: readonly Outcome[],
): Promise<Outcome[]> {
  const testRunners = [...already]
  const outcomes = [...ran]
  for (const file of filesRun(context)) {
    const isReported = (outcome: Outcome) =>
      [...outcome.tests, ...outcome.loadErrors].some(test => test.file === file)
    if (outcomes.some(isReported)) continue
    const own = findTestRunner(context, file)
    if (!own) continue
    if (own.framework.namesNoFiles)
      outcomes.push(await runOnce(context, own, root, { files: [file], names: [] }))
    else if (!testRunners.some(other => isSame(other, own))) {
      testRunners.push(own)
      outcomes.push(await runOnce(context, own, root, { files: [], names: [] }))
    }
  }
  return outcomes.slice(ran.length)
}
