import type { Outcome, RunEnd } from '../../evidence/outcome.ts'
import { isCode } from '../../plan/file-role.ts'
import { formatList } from '../../plan/format-list.ts'
import { isTestFile } from '../../plan/test-file.ts'
import { isToolOutput } from '../../plan/tool-output.ts'
import { addRunOutputs, runOutputs } from '../../store/run-outputs.ts'
import { changedPaths, takeTree, type Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { refresh } from '../context/reload-context.ts'
import { frozenBy, hashesOf } from './frozen-files.ts'
import type { TestRunner } from './package-runner.ts'
import { prepareNextRunLater } from './warm-runner.ts'
import { runFilesAt, runSuiteAt, runTestsAt, type TestRunResult } from './test-run.ts'

/** A run in the workspace, with hashes of the files that it depends on. */
export interface ObservedRun extends TestRunResult {
  /** sha256 of the test files. */
  files: Record<string, string>
  /** Hashes of what else decides their result, such as configuration. */
  frozen: Record<string, string>
  before: Tree
  after: Tree
  /** The context after the run: other tasks may have been started, proven or finished while it went on. */
  later: Context
}

interface Expected {
  proves: (outcome: Outcome) => boolean
  /** The tests of the task run once more after the proof. */
  runsAgain: boolean
}

/**
 * Runs tests in the workspace in a runner that was started before, if one waits. If the result proves nothing, a new process runs the
 * tests again, so that no step is refused because of how they were run.
 */
export async function runWarmAndObserve(
  context: Context,
  testRunner: TestRunner,
  { files, names }: { files: readonly string[]; names: readonly string[] },
  { proves, runsAgain }: Expected,
): Promise<ObservedRun> {
  const observed = await runAndObserve(context, testRunner, files, names, true)
  const { outcome } = observed
  const isProven = proves(outcome)
  // After the last run of a task, starting another runner would only slow down what follows.
  if (!isProven || runsAgain) prepareNextRunLater(context, testRunner, onlyFile(files, names))
  if (!outcome.warm || LIMITS.has(outcome.end) || isProven) return observed
  return runAndObserve(context, testRunner, files, names)
}

/** The file that runs as a whole. */
function onlyFile(files: readonly string[], names: readonly string[]): string | undefined {
  return files.length === 1 && names.length === 0 ? files[0] : undefined
}

/** The run was cancelled or reached a limit. A second one would take as long. */
const LIMITS: ReadonlySet<RunEnd> = new Set(['timed_out', 'output_limit', 'cancelled'])

/**
 * Runs tests in the workspace and hashes the files that the result depends on. If a data file changed meanwhile, the tests run
 * once more: that shows whether the run itself writes the file, and whether the result depends on it.
 */
export async function runAndObserve(
  context: Context,
  testRunner: TestRunner,
  files: readonly string[],
  names: readonly string[],
  warm = false,
): Promise<ObservedRun> {
  const first = await observe(context, testRunner, files, names, warm)
  const changed = changedData(context, first)
  if (changed.length === 0 || first.outcome.end !== 'complete') return first
  context.call.note(`running again, because ${formatList(changed, 3)} changed during the run`)
  const second = await observe(context, testRunner, files, names)
  // The change stays visible, so that the step is refused.
  if (resultOf(first.outcome) !== resultOf(second.outcome))
    return { ...second, before: first.before }
  const writtenBefore = new Set(changedPaths(first.before, first.after))
  addRunOutputs(
    context.state,
    changedData(context, second).filter(file => writtenBefore.has(file)),
  )
  return second
}

/** Whether a run may change this file: a tool writes it, or it is data that two runs wrote with equal results. */
export function isWrittenByRuns({ state }: Pick<Context, 'state'>): (file: string) => boolean {
  const outputs = runOutputs(state)
  return file => isToolOutput(file) || (isData(file) && outputs.has(file))
}

/** Data files that were there before the run, have other content after it, and are not known to be written by runs. */
function changedData(context: Context, { before, after }: ObservedRun): string[] {
  const isWritten = isWrittenByRuns(context)
  const documents = new Set(context.plan.documents.map(({ path }) => path))
  return changedPaths(before, after)
    .filter(file => before.files[file] !== undefined && !documents.has(file))
    .filter(file => isData(file) && !isWritten(file))
}

function isData(file: string): boolean {
  const name = file.slice(file.lastIndexOf('/') + 1)
  return !isCode(file) && !isTestFile(name) && !MORE_TESTS.test(name)
}

/** Tests, and code of languages that `isCode` does not know. */
const MORE_TESTS = /\.(feature|bats|robot|hurl|t|exs?|lua|dart|scala|hs|jl)$/

async function observe(
  context: Context,
  testRunner: TestRunner,
  files: readonly string[],
  names: readonly string[],
  warm = false,
): Promise<ObservedRun> {
  const { workspace, call } = context
  const before = await takeTree(workspace)
  call.note(files.length > 0 ? `running ${files.join(', ')}` : 'running the full suite')
  const result = await runSelected(context, testRunner, { files, names, warm })
  return {
    ...result,
    files: hashesOf(context, files),
    frozen: frozenBy(context, testRunner, files),
    before,
    after: await takeTree(workspace),
    later: await refresh(context),
  }
}

function runSelected(
  context: Context,
  testRunner: TestRunner,
  { files, names, warm }: { files: readonly string[]; names: readonly string[]; warm: boolean },
): Promise<TestRunResult> {
  const { root } = context.workspace
  if (files.length === 0) return runSuiteAt(context, testRunner, root)
  if (names.length === 0) return runFilesAt(context, testRunner, root, files, warm)
  return runTestsAt(context, testRunner, root, { files, names, warm })
}

/** The results of a run without times, so that two runs can be compared. */
function resultOf({ end, tests, loadErrors }: Outcome): string {
  const results = tests.map(({ id, outcome }) => `${id} ${outcome}`)
  return JSON.stringify([end, results.sort(), loadErrors.map(({ file }) => file).sort()])
}
