import { lastEvent, type EventOf } from '../../evidence/event.ts'
import type { Superseded } from '../../evidence/event-parts.ts'
import { isApprovedByHuman } from '../../evidence/check-configuration.ts'
import { provenTests } from '../../evidence/proven-tests.ts'
import { inlineKey, testHashIn } from '../../evidence/test-hash.ts'
import { formatList } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import { changedPaths, takeTree, type Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { currentHash } from '../guards/pending-files.ts'
import { frozenBy } from '../testing/frozen-files.ts'
import { testHash } from '../testing/inline-tests.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import { failingOnCurrentCode } from './earlier-version.ts'
import { isReplacedIn, otherLedgers } from './other-features.ts'
import { changedFilesOf, finishedProofs, type ChangedFiles, type Proof } from './finished-proofs.ts'

/** A test that fails on the current code in the form in which it proved its task. */
export interface SupersededTest extends Superseded {
  /**
   * The behaviour that its task proved is gone: an expectation fails, no later task has seen the changed test fail first, and no
   * human has confirmed the changed files.
   */
  isBroken: boolean
  /** A later task has seen the changed test fail first, or a human has confirmed the changed files. */
  isReplaced: boolean
  /** Files of its proof that changed. */
  files: string[]
}

/**
 * Finds tests that fail on the current code in the form in which they proved their task. Runs only tests that changed since, or whose
 * support files or test runner configuration changed. A superseded test was changed either because the requirements changed or to let
 * broken code pass.
 */
export async function supersededTests(context: Context): Promise<SupersededTest[]> {
  const superseded: SupersededTest[] = []
  for (const { proof, changed } of await changedProofs(context))
    superseded.push(...((await supersededOf(context, proof, changed)) ?? []))
  return superseded
}

/** Finished tasks whose tests, or what decides how they run, changed since. */
export async function changedProofs(context: Context): Promise<ChangedProof[]> {
  const now = await takeTree(context.workspace)
  const proofs: ChangedProof[] = []
  for (const proof of finishedProofs(context)) {
    const changed = await changedFilesOf(context, proof, now)
    const isChanged = changed.tests.length > 0 || changed.support.length > 0
    if (isChanged || haveTestsChanged(context, proof.testRunner, proof.green))
      proofs.push({ proof, changed })
  }
  return proofs
}

export interface ChangedProof {
  proof: Proof
  changed: ChangedFiles
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
    broken.push(...(superseded ?? []).filter(({ isBroken }) => isBroken))
  }
  return broken
}

/** The superseded tests of one proof; `undefined` if its tests cannot be run on the current code. */
export async function supersededOf(
  context: Context,
  { history: { red }, green, testRunner }: Proof,
  changed: ChangedFiles,
): Promise<SupersededTest[] | undefined> {
  const { events } = context.ledger
  const failed = new Set(red?.tests.flatMap(({ id, outcome }) => (outcome === 'failed' ? id : [])))
  const proving = green.tests.filter(({ id, outcome }) => outcome === 'passed' && failed.has(id))
  const proven = provenTests(events)
  // Tests that a human retired are not checked.
  const current = new Map([...proven].map(([id, proof]) => [proof.movedFrom ?? id, id]))
  const ids = proving.map(({ id }) => id).filter(id => current.has(id))
  const failing = await failingOnCurrentCode(context, testRunner, green, ids)
  const files = [...changed.tests, ...changed.support]
  const isUnseen = files.some(
    file => !isApprovedByHuman(events, file, currentHash(context, file), green),
  )
  const others = failing && failing.length > 0 ? otherLedgers(context) : []
  return failing?.map(({ id, ran, isAsserted }) => {
    // A later task has seen the changed test fail first, so it belongs to that task now.
    const isOwned = proven.get(current.get(id) ?? id)?.failToPass?.red.task === green.task
    // If the code was renamed, the earlier form of the test fails with an error, not in an assertion.
    const isAbout = ran && (isAsserted || changed.tests.length === 0)
    const isReplaced =
      !isOwned ||
      !isUnseen ||
      others.some(other => isReplacedIn(context, other, { green, id, files }))
    return { task: green.task, id, files, isReplaced, isBroken: isAbout && !isReplaced }
  })
}

/** Whether the tests or the test runner's configuration changed since the GREEN. */
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

/** Of the tests that changed after their task's code was written, those whose first version fails with that code. */
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
  return (failing ?? []).map(({ id }) => ({ task: task.id, id }))
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
