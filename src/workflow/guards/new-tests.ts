import path from 'node:path'
import { sha256 } from '../../evidence/chain.ts'
import type { EventOf } from '../../evidence/event.ts'
import { isPendingFile } from '../../evidence/pending-tests.ts'
import { provenTests } from '../../evidence/proven-tests.ts'
import { testHashIn } from '../../evidence/test-hash.ts'
import { isTestSupport } from '../../plan/file-role.ts'
import { changedPaths, takeTree, type Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { firstStart } from '../context/first-start.ts'
import { proofBefore } from '../context/earlier-proof.ts'
import { Refusal } from '../context/refusal.ts'
import { hashOfTests, isMixed, testHash } from '../testing/inline-tests.ts'
import {
  restoreTree,
  snapshotAtStart,
  textInSnapshot,
  treeAtStart,
  type SnapshotFields,
} from '../testing/snapshots.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import type { StartedTask } from './require-stage.ts'

/** A test that is older than the task cannot show that the task's work is missing, unless an earlier task wrote it in advance. */
export async function refuseOldTests(
  context: Context,
  started: StartedTask,
  testRunner: TestRunner,
  files: readonly string[],
  late: boolean,
): Promise<void> {
  const { task } = started
  const now = await takeTree(context.workspace)
  const proven = new Set([...provenTests(context.ledger.events).values()].map(({ file }) => file))
  const old: OldTest[] = []
  for (const file of files) {
    const hash = testHash(context, testRunner, file) ?? ''
    const { event, tree } = await stateBefore(context, started, { file, hash }, late)
    const was =
      earlierName(testRunner, file, hash, { before: tree, now }) ??
      ((await hadTheseTests(context, testRunner, event, file, hash)) ? file : undefined)
    if (
      was !== undefined &&
      !isPendingFile(context.pendingTests, file, hash) &&
      !(proven.has(file) && mayExpectMore(testRunner, file, tree, now))
    )
      old.push({ file, was })
  }
  const [first] = old
  if (first !== undefined) throw notNew(task.id, first, old, now)
}

function notNew(task: string, { file, was }: OldTest, old: readonly OldTest[], now: Tree): Refusal {
  if (was !== file) {
    const remedy = now.files[was] === undefined ? 'Rename it back, or write' : 'Write'
    return new Refusal(
      'red_not_new',
      `${file} has the content that ${was} had at the start of ${task}, so nothing was run.`,
      `${remedy} a new test for this task.`,
    )
  }
  const files = old.map(({ file }) => file)
  return new Refusal(
    'red_not_new',
    `${files.join(', ')} ${files.length === 1 ? 'has' : 'have'} not changed since the start of ${task}, so nothing was run.`,
    'Write a new test for this task, or leave out the files that it does not change.',
  )
}

interface OldTest {
  file: string
  /** Its name at the start of the task. */
  was: string
}

interface State {
  event: SnapshotFields
  tree: Tree
}

/**
 * The state in which a test is old. Tests of existing code may have been written with that code, for another task, before this task
 * was started: if the task names their file, the state is that of the feature's start. A test that no task has used yet may have been
 * written just before this task was started, so the state is that of the last proof before. Otherwise it is that of the task's start:
 * the first one, if only its text was clarified since and no other task has used the test.
 */
async function stateBefore(
  context: Context,
  started: StartedTask,
  { file, hash }: { file: string; hash: string },
  late: boolean,
): Promise<State> {
  const { task } = started
  const isForExisting = late && (task.kind === 'test' || task.kind === 'cover')
  const first = isForExisting && task.files.includes(file) && snapshotAtStart(context.ledger.events)
  const tree = first ? await restoreTree(context, first) : undefined
  if (first && tree) return { event: first, tree }
  const users = tasksWith(context, file, hash)
  const isOwn = [...users].every(user => user === task.id)
  const start = isOwn ? await restorableStart(context, started) : started.start
  const proof = users.size > 0 ? undefined : proofBefore(context, { task, start })
  const atProof = proof && (await restoreTree(context, proof))
  if (proof && atProof) return { event: proof, tree: atProof }
  return { event: start, tree: await treeAtStart(context, task, start) }
}

/** This clone may have the files of the latest start only. */
async function restorableStart(context: Context, started: StartedTask): Promise<EventOf<'start'>> {
  const first = firstStart(context, started)
  return (await restoreTree(context, first)) ? first : started.start
}

/** The tasks that the test has a RED of. */
function tasksWith({ ledger }: Context, file: string, hash: string): Set<string> {
  return new Set(
    ledger.events.flatMap(event =>
      event.kind === 'red' && testHashIn(event, file) === hash ? [event.task] : [],
    ),
  )
}

/**
 * The name that an old test had: its own, or that of a test that was moved here or lies beside it. An equal file in another folder
 * is another test: it loads other code. `undefined` if the test is new.
 */
function earlierName(
  { isTest }: TestRunner,
  file: string,
  hash: string,
  { before, now }: { before: Tree; now: Tree },
): string | undefined {
  if (hash === EMPTY) return undefined
  if (before.files[file] === hash) return file
  return Object.keys(before.files).find(other => {
    if (before.files[other] !== hash) return false
    const isMoved = now.files[other] === undefined
    return isTest(other) && (isMoved || folderOf(other) === folderOf(file))
  })
}

function folderOf(file: string): string {
  return path.posix.dirname(file)
}

/** True if a fixture or snapshot changed since the start of the task: then an unchanged test that passed may expect more. */
function mayExpectMore({ isTest }: TestRunner, file: string, before: Tree, now: Tree): boolean {
  if (before.files[file] !== now.files[file]) return false
  return changedPaths(before, now).some(
    changed => before.files[changed] !== undefined && isTestSupport(changed) && !isTest(changed),
  )
}

/** True for a source file with inline tests if only its code changed since then. */
async function hadTheseTests(
  context: Context,
  testRunner: TestRunner,
  before: SnapshotFields,
  file: string,
  hash: string,
): Promise<boolean> {
  if (!isMixed(testRunner, file)) return false
  const earlierText = await textInSnapshot(context, before, file)
  return earlierText !== undefined && hashOfTests(testRunner, earlierText) === hash
}

const EMPTY = sha256('')
