import { lstatSync } from 'node:fs'
import { sha256 } from '../../evidence/chain.ts'
import { isPendingFile } from '../../evidence/pending-tests.ts'
import { provenTests } from '../../evidence/proven-tests.ts'
import { isTestSupport } from '../../plan/file-role.ts'
import { changedPaths, hashOfFile, takeTree, type Tree } from '../../store/tree.ts'
import { absolute, contain } from '../../store/workspace.ts'
import { worktreesWith } from '../../store/worktrees.ts'
import type { Context } from '../context/context.ts'
import { hashOfTests, isMixed, testHash } from '../testing/inline-tests.ts'
import { textInSnapshot, treeAtStart } from '../testing/snapshots.ts'
import { Refusal } from '../context/refusal.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import { requireTestRunner } from '../testing/test-runner.ts'
import { isConfiguredTest, withTests } from '../testing/configured-tests.ts'
import type { StartedTask } from './may-move.ts'
import { refuseChangedPending } from './pending-files.ts'

/** The test files of a task, and the runner for all of them. */
export interface TestFiles {
  testRunner: TestRunner
  /** Relative to the workspace. */
  files: string[]
}

/** Checks the test files that a caller named: they exist in the workspace, one runner runs them all, and they are new. */
export async function testFilesOf(
  context: Context,
  started: StartedTask,
  named: readonly string[],
): Promise<TestFiles> {
  const files = [...new Set(named.map(name => existingFile(context, name)))]
  await refuseUntracked(context, files)
  const testRunners = files.map(file => ({ file, testRunner: requireTestRunner(context, file) }))
  for (const { file, testRunner } of testRunners) await refuseNoTest(context, file, testRunner)
  await refuseChangedPending(context, started.task, files)
  const [first] = testRunners
  if (!first) {
    const remedy = 'Name the test files in `tests`.'
    throw new Refusal('bad_arguments', 'No test file was named, so nothing was run.', remedy)
  }
  const other = testRunners.find(
    ({ testRunner }) =>
      testRunner.framework !== first.testRunner.framework ||
      testRunner.package.folder !== first.testRunner.package.folder,
  )
  if (!other) {
    const testRunner = withTests(first.testRunner, files)
    await refuseOld(context, started, { testRunner, files })
    return { testRunner, files }
  }
  throw new Refusal(
    'bad_arguments',
    `${first.file} and ${other.file} belong to different packages or test runners, so nothing was run.`,
    'Name the tests of one of them.',
  )
}

function existingFile(context: Context, name: string): string {
  if (name.startsWith('-')) {
    throw new Refusal(
      'path_outside',
      `The path ${JSON.stringify(name)} starts with a dash, so a test runner would read it as an option. Nothing was run.`,
      'Name the test by its path from the workspace, such as tests/a.test.ts.',
    )
  }
  const file = contain(context.workspace, name)
  if (hashOfFile(absolute(context.workspace, file)) !== undefined) return file
  const [elsewhere] = worktreesWith(context.workspace, file)
  throw new Refusal(
    'test_missing',
    `There is no file ${file} in the workspace ${context.workspace.root}, so nothing was run.`,
    elsewhere === undefined
      ? 'Write the test there first, or name the file that has it.'
      : `That file is in ${elsewhere}, another worktree of the same clone. Work in ${context.workspace.root}, or start the server with --root ${elsewhere}.`,
  )
}

/** The project's own configuration can say that a file with another name is a test. */
async function refuseNoTest(context: Context, file: string, testRunner: TestRunner): Promise<void> {
  const { framework, isTest } = testRunner
  if (isTest(file) || (await isConfiguredTest(context, testRunner, file))) return
  throw new Refusal(
    'not_a_test',
    `${file} is not a test file of ${framework.name} (${framework.testPatterns}, or what its configuration says), so nothing was run.`,
    "Name a file that the project's own test command runs, or rename this one.",
  )
}

/** Snapshots do not contain ignored files and links, so the server cannot know whether such a file is new. */
async function refuseUntracked(context: Context, files: readonly string[]): Promise<void> {
  const tree = await takeTree(context.workspace)
  for (const file of files) {
    const isLink = lstatSync(absolute(context.workspace, file)).isSymbolicLink()
    if (tree.files[file] !== undefined && !isLink) continue
    throw new Refusal(
      'not_a_test',
      `${file} is ${isLink ? 'a symbolic link' : 'ignored by git, or part of another repository'}, so the server cannot check that it is new. Nothing was run.`,
      'Name a regular file that git does not ignore.',
    )
  }
}

/** A test that is older than the task cannot show that the task's work is missing, unless an earlier task wrote it in advance. */
async function refuseOld(
  context: Context,
  { task, start }: StartedTask,
  { testRunner, files }: TestFiles,
): Promise<void> {
  const before = await treeAtStart(context, task, start)
  // A copy of an old test is not a new test.
  const oldHashes = new Set(Object.values(before.files).filter(hash => hash !== EMPTY))
  const now = await takeTree(context.workspace)
  const proven = new Set([...provenTests(context.ledger.events).values()].map(({ file }) => file))
  const old: string[] = []
  for (const file of files) {
    const hash = testHash(context, testRunner, file) ?? ''
    const isOld =
      oldHashes.has(hash) || (await hadTheseTests(context, testRunner, start, file, hash))
    if (
      isOld &&
      !isPendingFile(context.pendingTests, file, hash) &&
      !(proven.has(file) && mayExpectMore(testRunner, file, before, now))
    )
      old.push(file)
  }
  if (old.length === 0) return
  throw new Refusal(
    'red_not_new',
    `${old.join(', ')} ${old.length === 1 ? 'has' : 'have'} not changed since the start of ${task.id}, so nothing was run.`,
    'Write a new test for this task, or leave out the files that it does not change.',
  )
}

/** True if a fixture or snapshot changed since the start of the task: then an unchanged test that passed may expect more. */
function mayExpectMore({ isTest }: TestRunner, file: string, before: Tree, now: Tree): boolean {
  if (before.files[file] !== now.files[file]) return false
  return changedPaths(before, now).some(
    changed => before.files[changed] !== undefined && isTestSupport(changed) && !isTest(changed),
  )
}

/** True for a source file with inline tests if only its code changed since the start of the task. */
async function hadTheseTests(
  context: Context,
  testRunner: TestRunner,
  start: StartedTask['start'],
  file: string,
  hash: string,
): Promise<boolean> {
  if (!isMixed(testRunner, file)) return false
  const earlierText = await textInSnapshot(context, start, file)
  return earlierText !== undefined && hashOfTests(testRunner, earlierText) === hash
}

const EMPTY = sha256('')
