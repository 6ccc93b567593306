import { lastEvent, type EventOf } from '../../evidence/event.ts'
import type { Superseded } from '../../evidence/event-parts.ts'
import { isSeen } from '../../evidence/judges.ts'
import { provenTests } from '../../evidence/proven-tests.ts'
import type { History } from '../../evidence/history.ts'
import { inlineKey, testHashIn } from '../../evidence/test-hash.ts'
import { judgeEnd } from '../../evidence/verdict.ts'
import { isTestSupport } from '../../plan/file-role.ts'
import { formatList } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import type { Layer } from '../../store/checkout/overlay.ts'
import { changedPaths, loadTree, takeTree, type Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { currentHash } from '../guards/pending-files.ts'
import { hasOnlyAdditions } from '../testing/additions.ts'
import { frozenBy } from '../testing/frozen-files.ts'
import { isTestCode, testHash } from '../testing/inline-tests.ts'
import { storedSnapshot } from '../testing/snapshots.ts'
import { runTestsAt } from '../testing/test-run.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import { findTestRunner } from '../testing/test-runner.ts'
import { inCheckoutIfAvailable } from './checkout.ts'

/** A test that fails on the current code in the form in which it proved its task. */
export interface SupersededTest extends Superseded {
  /**
   * The behaviour that its task proved is gone: an expectation fails, no later task has seen the changed test fail first, and no
   * human has confirmed the changed files.
   */
  isBroken: boolean
  /** Files of its proof that changed. */
  files: string[]
}

/**
 * Finds tests that fail on the current code in the form in which they proved their task. Only tests are run that changed since,
 * or whose support files or test runner configuration changed. A superseded test was changed either because the requirements
 * changed or to let broken code pass.
 */
export async function supersededTests(context: Context): Promise<SupersededTest[]> {
  const now = await takeTree(context.workspace)
  const superseded: SupersededTest[] = []
  for (const proof of finishedProofs(context)) {
    const changed = await changedFilesOf(context, proof, now)
    const isChanged = changed.tests.length > 0 || changed.support.length > 0
    if (isChanged || haveTestsChanged(context, proof.testRunner, proof.green))
      superseded.push(...(await supersededOf(context, proof, changed)))
  }
  return superseded
}

/**
 * The same for a task that is about to be marked: only tests of other tasks whose files changed since its start. A test file
 * that was only added to is left to the suite, which runs its earlier tests too.
 */
export async function testsBrokenSince(
  context: Context,
  task: Task,
  [start, now]: [Tree, Tree],
): Promise<SupersededTest[]> {
  const recent = new Set(changedPaths(start, now))
  const broken: SupersededTest[] = []
  for (const proof of recent.size > 0 ? finishedProofs(context) : []) {
    if (proof.green.task === task.id) continue
    const { tests, support } = await changedFilesOf(context, proof, now)
    const changed = {
      tests: tests.filter(file => recent.has(file)),
      support: support.filter(file => recent.has(file)),
    }
    if (changed.tests.length + changed.support.length === 0) continue
    const superseded = await supersededOf(context, proof, changed)
    broken.push(...superseded.filter(({ isBroken }) => isBroken))
  }
  return broken
}

/** Test files, snapshots and fixtures of finished tasks that changed since, each with one of these tasks. */
export async function changedProofFiles(
  context: Context,
  now: Tree,
): Promise<{ file: string; task: string }[]> {
  const files = new Map<string, string>()
  for (const proof of finishedProofs(context)) {
    const { tests, support } = await changedFilesOf(context, proof, now)
    for (const file of [...tests, ...support]) files.set(file, proof.green.task)
  }
  return [...files].map(([file, task]) => ({ file, task }))
}

/** A finished task that tests proved. */
interface Proof {
  history: History
  green: EventOf<'green'>
  testRunner: TestRunner
}

function finishedProofs(context: Context): Proof[] {
  return [...context.histories.values()].flatMap(history => {
    const { stage, green, waived } = history
    // A task of kind `check` has no test.
    const [file] = Object.keys(green?.files ?? {})
    const testRunner = file === undefined ? undefined : findTestRunner(context, file)
    return stage === 'done' && green && testRunner && !waived
      ? [{ history, green, testRunner }]
      : []
  })
}

/** Files of a proof that differ from what they were when the task was done. */
interface ChangedFiles {
  /** Test files that lost or changed lines. */
  tests: string[]
  /** Snapshots, fixtures and helpers. */
  support: string[]
}

async function changedFilesOf(
  context: Context,
  { history: { done }, green, testRunner }: Proof,
  now: Tree,
): Promise<ChangedFiles> {
  const tests: string[] = []
  for (const file of Object.keys(green.files)) {
    if (testHash(context, testRunner, file) === testHashIn(green, file)) continue
    if (!(await hasOnlyAdditions(context, green, file))) tests.push(file)
  }
  const atDone = done && loadTree(context.state, done.tree)
  if (!atDone) return { tests, support: [] }
  const testFiles = new Set(
    context.ledger.events.flatMap(event => (event.kind === 'red' ? Object.keys(event.files) : [])),
  )
  const support = changedPaths(atDone, now).filter(
    file => atDone.files[file] !== undefined && isTestSupport(file) && !testFiles.has(file),
  )
  return { tests, support }
}

async function supersededOf(
  context: Context,
  { history: { red }, green, testRunner }: Proof,
  changed: ChangedFiles,
): Promise<SupersededTest[]> {
  const { events } = context.ledger
  const failed = new Set(red?.tests.flatMap(({ id, outcome }) => (outcome === 'failed' ? id : [])))
  const proving = green.tests.filter(({ id, outcome }) => outcome === 'passed' && failed.has(id))
  const proven = provenTests(events)
  // A human retired the others.
  const ids = proving.map(({ id }) => id).filter(id => proven.has(id))
  const failing = await failingOnCurrentCode(context, testRunner, green, ids)
  const files = [...changed.tests, ...changed.support]
  const isUnseen = files.some(file => !isSeen(events, file, currentHash(context, file), green))
  return failing.map(({ id, ran, isAsserted }) => {
    // A later task has seen the changed test fail first, so it belongs to that task now.
    const isOwned = proven.get(id)?.failToPass?.red.task === green.task
    // A test that was adapted to another name fails by an error in its earlier form.
    const isAbout = ran && (isAsserted || changed.tests.length === 0)
    return { task: green.task, id, files, isBroken: isOwned && isAbout && isUnseen }
  })
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
