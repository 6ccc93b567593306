import { lastEvent, type EventOf } from '../../evidence/event.ts'
import type { Superseded } from '../../evidence/event-parts.ts'
import type { History } from '../../evidence/history.ts'
import { inlineKey, testHashIn } from '../../evidence/test-hash.ts'
import { judgeEnd } from '../../evidence/verdict.ts'
import { isTestSupport } from '../../plan/file-role.ts'
import { formatList } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
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
      superseded.push(...(await supersededOf(context, testRunner, history, green)))
  }
  return superseded
}

async function supersededOf(
  context: Context,
  testRunner: TestRunner,
  { red }: History,
  green: EventOf<'green'>,
): Promise<Superseded[]> {
  const failed = new Set(red?.tests.flatMap(({ id, outcome }) => (outcome === 'failed' ? id : [])))
  const proving = green.tests.filter(({ id, outcome }) => outcome === 'passed' && failed.has(id))
  const ids = proving.map(({ id }) => id)
  const failing = await failingOnCurrentCode(context, testRunner, green, ids)
  return failing.map(({ id }) => ({ task: green.task, id }))
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

/** Tests that changed after their task's code was written: those whose first version fails with that code. */
export async function firstVersionFailing(
  context: Context,
  task: Task,
  testRunner: TestRunner,
  red: EventOf<'red'>,
): Promise<Superseded[]> {
  if (red.checkout !== 'tests-changed') return []
  const { events } = context.ledger
  const first = lastEvent(
    events,
    'red',
    event => event.task === task.id && event.checkout !== 'tests-changed',
  )
  if (!first) return []
  const proving = first.tests.flatMap(({ id, outcome }) => (outcome === 'failed' ? id : []))
  const failing = await failingOnCurrentCode(context, testRunner, first, proving)
  return failing.map(({ id }) => ({ task: task.id, id }))
}

/** Of the tests with these ids, those that fail on the current code in the form that they had at an event. */
async function failingOnCurrentCode(
  context: Context,
  testRunner: TestRunner,
  event: EventOf<'red'> | EventOf<'green'>,
  ids: readonly string[],
): Promise<FailingTest[]> {
  const snapshot = storedSnapshot(event)
  if (!snapshot || ids.length === 0) return []
  const files = Object.keys(event.files)
  context.call.note(
    `running the tests of ${event.task} as they were at ${event.kind.toUpperCase()}`,
  )
  const outcome = await inCheckoutIfAvailable(
    context,
    snapshot,
    currentCode(testRunner),
    async ({ root }) => {
      const result = await runTestsAt(context, testRunner, root, { files, names: event.names })
      return result.outcome
    },
  )
  if (!outcome || judgeEnd(outcome)) return []
  const now = new Map(outcome.tests.map(test => [test.id, test]))
  return ids
    .filter(id => now.get(id)?.outcome !== 'passed')
    .map(id => ({ id, isAsserted: now.get(id)?.reason === 'assertion', ran: now.has(id) }))
}

/** A test that fails in an earlier form. */
interface FailingTest {
  id: string
  /** An expectation failed, and not, for example, the call of a method that has another name now. */
  isAsserted: boolean
  ran: boolean
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
