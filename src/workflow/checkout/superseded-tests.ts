import { lastEvent, type EventOf } from '../../evidence/event.ts'
import type { Superseded } from '../../evidence/event-parts.ts'
import type { History } from '../../evidence/history.ts'
import { inlineKey, testHashIn } from '../../evidence/test-hash.ts'
import { judgeEnd } from '../../evidence/verdict.ts'
import { isTestSupport } from '../../plan/file-role.ts'
import { formatList } from '../../plan/format-list.ts'
import type { Layer } from '../../store/checkout/overlay.ts'
import { changedPaths, loadTree, takeTree, type Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { frozenBy } from '../testing/frozen-files.ts'
import { isTestCode, testHash } from '../testing/inline-tests.ts'
import { storedSnapshot } from '../testing/snapshots.ts'
import { runTestsAt } from '../testing/test-run.ts'
import { findTestRunner, type TestRunner } from '../testing/test-runner.ts'
import { inCheckoutIfAvailable } from './checkout.ts'

/**
 * Finds tests that fail on the current code in the form in which they proved their task. Only tests are run that changed since,
 * or whose support files or test runner configuration changed. A superseded test was changed either because the requirements
 * changed or to let broken code pass, which only a reader can decide.
 */
export async function supersededTests(context: Context): Promise<Superseded[]> {
  const now = await takeTree(context.workspace)
  const testFiles = new Set(
    context.ledger.events.flatMap(event => (event.kind === 'red' ? Object.keys(event.files) : [])),
  )
  const superseded: Superseded[] = []
  for (const history of context.histories.values()) {
    const { stage, green, waived } = history
    // A task of kind `check` has no test.
    const [file] = Object.keys(green?.files ?? {})
    const testRunner = file === undefined ? undefined : findTestRunner(context, file)
    if (stage !== 'done' || !green || !testRunner || waived) continue
    if (
      haveTestsChanged(context, testRunner, green) ||
      hasSupportChanged(context, history, now, testFiles)
    )
      superseded.push(...(await failingOnCurrentCode(context, testRunner, history, green)))
  }
  return superseded
}

/** Did the tests or the test runner's configuration change since the GREEN? */
function haveTestsChanged(
  context: Context,
  testRunner: TestRunner,
  green: EventOf<'green'>,
): boolean {
  const files = Object.keys(green.files)
  if (files.some(file => testHash(context, testRunner, file) !== testHashIn(green, file)))
    return true
  const own = new Set(
    files.flatMap(file => [inlineKey(file), ...testRunner.framework.snapshots(file)]),
  )
  const frozen = frozenBy(context, testRunner, files)
  const names = new Set([...Object.keys(frozen), ...Object.keys(green.frozen)])
  return [...names].some(name => !own.has(name) && frozen[name] !== green.frozen[name])
}

/** Did helpers or fixtures change that existed when the task was done? */
function hasSupportChanged(
  { state }: Context,
  { done }: History,
  now: Tree,
  testFiles: ReadonlySet<string>,
): boolean {
  const atDone = done && loadTree(state, done.tree)
  if (!atDone) return false
  return changedPaths(atDone, now).some(
    file => atDone.files[file] !== undefined && isTestSupport(file) && !testFiles.has(file),
  )
}

async function failingOnCurrentCode(
  context: Context,
  testRunner: TestRunner,
  { red }: History,
  green: EventOf<'green'>,
): Promise<Superseded[]> {
  const snapshot = storedSnapshot(green)
  if (!snapshot) return []
  const files = Object.keys(green.files)
  context.call.note(`running the tests of ${green.task} as they were at GREEN`)
  const outcome = await inCheckoutIfAvailable(
    context,
    snapshot,
    currentCode(testRunner),
    async ({ root }) => {
      const result = await runTestsAt(context, testRunner, root, { files, names: green.names })
      return result.outcome
    },
  )
  if (!outcome || judgeEnd(outcome)) return []
  const passed = new Set(
    outcome.tests.flatMap(({ id, outcome }) => (outcome === 'passed' ? id : [])),
  )
  const proving = new Set(red?.tests.flatMap(({ id, outcome }) => (outcome === 'failed' ? id : [])))
  return green.tests
    .filter(({ id, outcome }) => outcome === 'passed' && proving.has(id) && !passed.has(id))
    .map(({ id }) => ({ task: green.task, id }))
}

/** Overlays the current code; tests, their support files and the test runner's configuration stay as they were. */
function currentCode(testRunner: TestRunner): (file: string) => Layer {
  const { inline } = testRunner.framework
  const configuration = new Set(testRunner.framework.configuration(testRunner.package.view))
  return file => {
    if (inline?.holds(file)) return (earlier, current) => inline.merge(current, earlier)
    return !isTestCode(testRunner, file) && !configuration.has(file)
  }
}

/** A message for each task whose tests the last validation found superseded. */
export function describeSuperseded({ ledger }: Context): string[] {
  const all = lastEvent(ledger.events, 'validation')?.superseded ?? []
  const tasks = [...new Set(all.map(({ task }) => task))]
  return tasks.map(task => {
    const tests = all.filter(test => test.task === task).map(({ id }) => `"${id}"`)
    return `! The version of ${formatList(tests, 1)} that proved ${task} fails on the current code: review how it was changed`
  })
}
