import path from 'node:path'
import type { RunRecord, SeenTest } from '../../evidence/event-parts.ts'
import { countTests, type Counts, type Outcome } from '../../evidence/outcome.ts'
import { mergeOutcomes } from '../../runner/merge.ts'
import { runTests } from '../../runner/tests.ts'
import { takeTree, type Tree } from '../../store/tree.ts'
import { toSlashes } from '../../store/workspace.ts'
import { findTestRunner, isSame, filesRun, type TestRunner } from './test-runner.ts'
import type { Context } from '../context/context.ts'
import { frozenBy, hashesOf } from './frozen-files.ts'
import { testRunRecord } from './run-record.ts'
import { newRunId, runOptions } from './run-options.ts'

/** A run of tests, wherever their sources lie. */
export interface TestRunResult {
  outcome: Outcome
  run: RunRecord
  counts: Counts
  tests: SeenTest[]
}

/** A run in the workspace, with the bytes that it was seen with. */
export interface ObservedRun extends TestRunResult {
  files: Record<string, string>
  frozen: Record<string, string>
  before: Tree
  after: Tree
}

/** Runs test files (relative paths; none: the full suite) and keeps what was seen. */
export async function runAndObserve(
  context: Context,
  testRunner: TestRunner,
  files: readonly string[],
  names: readonly string[],
): Promise<ObservedRun> {
  const { workspace, call } = context
  const before = await takeTree(workspace)
  call.note(files.length > 0 ? `running ${files.join(', ')}` : 'running the full suite')
  const seen =
    files.length > 0
      ? await runTestsAt(context, testRunner, workspace.root, { files, names })
      : await runSuite(context, testRunner)
  return {
    ...seen,
    files: hashesOf(context, files),
    frozen: frozenBy(context, testRunner, files),
    before,
    after: await takeTree(workspace),
  }
}

/** Runs test files (relative paths) in the workspace or in a checkout of it. */
export async function runTestsAt(
  context: Context,
  testRunner: TestRunner,
  root: string,
  { files, names }: { files: readonly string[]; names: readonly string[] },
): Promise<TestRunResult> {
  const id = newRunId(context.call)
  const outcome = await runOn(context, testRunner, root, { files, names, id })
  return seenIn(context, testRunner, id, outcome)
}

async function runSuite(context: Context, testRunner: TestRunner): Promise<TestRunResult> {
  const id = newRunId(context.call)
  const { root } = context.workspace
  const first = await runOn(context, testRunner, root, { files: [], names: [], id })
  const others = first.end === 'complete' ? await runRest(context, testRunner, first) : []
  return seenIn(context, testRunner, id, mergeOutcomes(first, ...others))
}

function seenIn(
  { workspace }: Context,
  testRunner: TestRunner,
  id: string,
  outcome: Outcome,
): TestRunResult {
  const folder = toSlashes(path.relative(workspace.root, testRunner.package.folder))
  const run = testRunRecord(id, outcome, folder)
  return { outcome, run, counts: countTests(outcome), tests: outcome.tests }
}

interface Selection {
  files: readonly string[]
  names: readonly string[]
  /** Name of the run; its log goes by that. */
  id?: string
}

async function runOn(
  context: Context,
  testRunner: TestRunner,
  root: string,
  { files, names, id }: Selection,
): Promise<Outcome> {
  const { workspace, call } = context
  const outcome = await runTests({
    framework: testRunner.framework,
    cwd: path.join(root, path.relative(workspace.root, testRunner.package.folder)),
    root,
    files: files.map(file => path.join(root, file)),
    names: [...names],
    ...runOptions(context, id),
    onTests: call.noteTests,
  })
  call.signal.throwIfAborted()
  return outcome
}

/**
 * A workspace may have several packages, languages and runners. Tests that are known, and of which the suite of the first
 * bench said nothing, belong to another one, whose suite runs too. An exit code names no test: there the files run by name.
 */
async function runRest(
  context: Context,
  testRunner: TestRunner,
  first: Outcome,
): Promise<Outcome[]> {
  const { root } = context.workspace
  const testRunners = [testRunner]
  const outcomes = [first]
  for (const file of filesRun(context)) {
    const told = (outcome: Outcome) =>
      [...outcome.tests, ...outcome.loadErrors].some(seen => seen.file === file)
    if (outcomes.some(told)) continue
    const own = findTestRunner(context, file)
    if (!own?.framework.isTest(file)) continue
    if (own.framework.namesNoFiles)
      outcomes.push(await runOn(context, own, root, { files: [file], names: [] }))
    else if (!testRunners.some(other => isSame(other, own))) {
      testRunners.push(own)
      outcomes.push(await runOn(context, own, root, { files: [], names: [] }))
    }
  }
  return outcomes.slice(1)
}
