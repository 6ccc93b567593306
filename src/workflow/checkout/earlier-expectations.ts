import type { Outcome } from '../../evidence/outcome.ts'
import { isApprovedByHuman } from '../../evidence/check-configuration.ts'
import { judgeEnd } from '../../evidence/run-end.ts'
import { isTestSupport } from '../../plan/file-role.ts'
import { changedPaths, takeTree, type Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { currentHash } from '../guards/pending-files.ts'
import { hashOfTests, isMixed } from '../testing/inline-tests.ts'
import { restoreTree, storedSnapshot, textInSnapshot } from '../testing/snapshots.ts'
import { runTestsAt } from '../testing/test-run.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import { findTestRunner } from '../testing/test-runner.ts'
import type { StartedTask } from '../guards/require-stage.ts'
import { inCheckoutIfAvailable } from './checkout.ts'
import { currentCode } from './earlier-version.ts'

/** Test files, fixtures and snapshots that changed or were deleted since the start of a task. */
export async function changedTestFiles(
  context: Context,
  testRunner: TestRunner,
  start: StartedTask['start'],
  { before, now }: { before: Tree; now: Tree },
): Promise<string[]> {
  const changed: string[] = []
  for (const file of changedPaths(before, now)) {
    if (before.files[file] === undefined) continue
    if (!isMixed(testRunner, file)) {
      if (isTestSupport(file) || testRunner.framework.isTest(file)) changed.push(file)
      continue
    }
    const earlier = hashOfTests(testRunner, (await textInSnapshot(context, start, file)) ?? '')
    const current = hashOfTests(testRunner, context.reader.read(file) ?? '')
    if (earlier !== undefined && earlier !== current) changed.push(file)
  }
  return changed
}

/**
 * Tests that passed before a refactoring and whose earlier version now fails in an expectation: the behaviour changed with them. An
 * earlier version that cannot be loaded, or that calls something by its earlier name, says nothing.
 */
export async function brokenExpectations(
  context: Context,
  testRunner: TestRunner,
  start: StartedTask['start'],
  { passed, changed }: { passed: readonly string[]; changed: readonly string[] },
): Promise<string[]> {
  const snapshot = storedSnapshot(start)
  const known = new Set(passed)
  const files = await earlierTests(context, testRunner, start, changed, known)
  const open = changed.filter(
    file => !isApprovedByHuman(context.ledger.events, file, currentHash(context, file), start),
  )
  if (!snapshot || files.length === 0 || open.length === 0) return []
  context.call.note('running the earlier version of the changed tests on the new code')
  const outcome = await inCheckoutIfAvailable(
    context,
    snapshot,
    currentCode(context, testRunner),
    async ({ root }) => (await runTestsAt(context, testRunner, root, { files, names: [] })).outcome,
  )
  if (!outcome || judgeEnd(outcome)) return []
  return outcome.tests.filter(test => isBroken(test) && known.has(test.id)).map(({ id }) => id)
}

function isBroken({ outcome, reason }: Outcome['tests'][number]): boolean {
  return outcome === 'failed' && reason === 'assertion'
}

/** The files to run: the changed tests or, if something that tests share changed, all of them. */
async function earlierTests(
  context: Context,
  { framework }: TestRunner,
  start: StartedTask['start'],
  changed: readonly string[],
  passed: ReadonlySet<string>,
): Promise<string[]> {
  const before = await restoreTree(context, start)
  const isTest = (file: string) => framework.isTest(file) && before?.files[file] !== undefined
  if (changed.every(isTest)) return [...changed]
  const ran = [...passed].map(id => id.split(' > ')[0] ?? '')
  return [...new Set(ran)].filter(isTest)
}

/** Changed test files of refactorings in progress, each with its task: what a human confirms with `redgreen approve`. */
export async function testsOfRefactorings(
  context: Context,
): Promise<{ file: string; task: string }[]> {
  const all: { file: string; task: string }[] = []
  const now = await takeTree(context.workspace)
  for (const [id, { start, stage }] of context.histories) {
    const before =
      start?.provenAs === 'refactor' && stage !== 'done' && (await restoreTree(context, start))
    const testRunner = suiteRunnerFor(context, context.tasks.get(id)?.files ?? [])
    if (!start || !before || !testRunner) continue
    const files = await changedTestFiles(context, testRunner, start, { before, now })
    all.push(...files.map(file => ({ file, task: id })))
  }
  return all
}

/** The runner of the suite for a task: that of the workspace; if there is none, that of a file which the task names. */
export function suiteRunnerFor(context: Context, files: readonly string[]): TestRunner | undefined {
  const found = findTestRunner(context)
  if (found) return found
  return files.map(file => findTestRunner(context, file)).find(own => own !== undefined)
}
