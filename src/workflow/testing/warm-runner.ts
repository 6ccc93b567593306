import { prepareTests } from '../../runner/tests.ts'
import { isTestFile } from '../../plan/test-file.ts'
import type { Task } from '../../plan/plan.ts'
import { absolute } from '../../store/workspace.ts'
import { standbyRegistry } from '../../store/live-runs.ts'
import type { Context } from '../context/context.ts'
import type { TestRunner } from './package-runner.ts'
import { findTestRunner } from './test-runner.ts'

/** Starts the test runner of a task while its test is written. The caller does not wait, and its answer comes first. */
export function prepareRunner(
  context: Context,
  { kind, files }: Pick<Task, 'kind' | 'files'>,
): void {
  if (!context.settings.commands.warm || !WITH_TESTS.has(kind)) return
  // A project that cannot be read is refused, with the reason, by the step that needs its tests.
  afterAnswer(() => void prepare(context, files).catch(() => undefined))
}

async function prepare(context: Context, files: readonly string[]): Promise<void> {
  const testRunner = findTestRunner(context, files.find(isTestFile))
  if (testRunner) await prepareNextRun(context, testRunner)
}

/**
 * Starts a test runner for the next run of a task, after the answer of this one. Without it, that run starts its own.
 *
 * @param file the test file that will probably run
 */
export function prepareNextRunLater(context: Context, testRunner: TestRunner, file?: string): void {
  afterAnswer(() => void prepareNextRun(context, testRunner, file))
}

async function prepareNextRun(
  { settings, workspace, state }: Context,
  { framework, package: own }: TestRunner,
  file?: string,
): Promise<void> {
  if (!settings.commands.warm) return
  const register = standbyRegistry(state)
  const request = { framework, cwd: own.folder, root: workspace.root, register }
  const files = file === undefined ? [] : [absolute(workspace, file)]
  await prepareTests(request, files).catch(() => undefined)
}

/** The RED of a task of kind `test` is its only proof, so it runs in a new process. */
const WITH_TESTS: ReadonlySet<Task['kind']> = new Set(['build', 'cover'])

/** The answer is sent first, because starting a process blocks the server for milliseconds and uses a processor. */
function afterAnswer(start: () => void): void {
  setTimeout(start, ANSWER_FIRST_MS).unref()
}

const ANSWER_FIRST_MS = 50
