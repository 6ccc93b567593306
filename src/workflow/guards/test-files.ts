import { lstatSync } from 'node:fs'
import { sha256 } from '../../evidence/chain.ts'
import { isPendingFile } from '../../evidence/pending-tests.ts'
import type { Task } from '../../plan/plan.ts'
import { hashOfFile, takeTree } from '../../store/tree.ts'
import { absolute, contain } from '../../store/workspace.ts'
import type { Context } from '../context/context.ts'
import { hashOfTests, isMixed, testHash } from '../testing/inline-tests.ts'
import { textInSnapshot, treeAtStart } from '../testing/snapshots.ts'
import { Refusal } from '../context/refusal.ts'
import { requireTestRunner, type TestRunner } from '../testing/test-runner.ts'
import type { StartedTask } from './may-move.ts'

/** Test files that may stand for a task, and what runs them. */
export interface TestFiles {
  testRunner: TestRunner
  /** Relative to the workspace. */
  files: string[]
}

/** Checks the test files that a caller named: inside the workspace, there, tests, and written for this task. */
export async function testFilesOf(
  context: Context,
  started: StartedTask,
  named: readonly string[],
): Promise<TestFiles> {
  const files = [...new Set(named.map(name => existing(context, name)))]
  await refuseUnchanged(context, files)
  const testRunners = files.map(file => ({ file, testRunner: requireTestRunner(context, file) }))
  for (const { file, testRunner } of testRunners) refuseOther(file, testRunner)
  refusePending(context, started.task, files)
  const [first] = testRunners
  if (!first) throw new Refusal('bad_arguments', 'No test file was named, so nothing was run.')
  const stranger = testRunners.find(
    ({ testRunner }) =>
      testRunner.framework !== first.testRunner.framework ||
      testRunner.package.folder !== first.testRunner.package.folder,
  )
  if (!stranger) {
    await refuseOld(context, started, { testRunner: first.testRunner, files })
    return { testRunner: first.testRunner, files }
  }
  throw new Refusal(
    'bad_arguments',
    `${first.file} and ${stranger.file} belong to two packages or two test runners, so nothing was run.`,
    'Name the tests of one of them.',
  )
}

function existing(context: Context, name: string): string {
  if (name.startsWith('-')) {
    throw new Refusal(
      'path_outside',
      `The path ${JSON.stringify(name)} begins with a dash, as an option does.`,
      'Nothing was run. Name the test by its path from the workspace, such as tests/a.test.ts.',
    )
  }
  const file = contain(context.workspace, name)
  if (hashOfFile(absolute(context.workspace, file)) !== undefined) return file
  throw new Refusal(
    'test_missing',
    `There is no file ${file}, so nothing was run.`,
    'Write the test there first, or name the file that has it.',
  )
}

function refuseOther(file: string, { framework }: TestRunner): void {
  if (framework.isTest(file)) return
  throw new Refusal(
    'not_a_test',
    `${file} is no test file for ${framework.name} (${framework.testPatterns}), so nothing was run.`,
    'Name a file that fits, or rename this one.',
  )
}

/** A file that git ignores, or that is a link, could have been there before without anybody seeing it. */
async function refuseUnchanged(context: Context, files: readonly string[]): Promise<void> {
  const tree = await takeTree(context.workspace)
  for (const file of files) {
    const isLink = lstatSync(absolute(context.workspace, file)).isSymbolicLink()
    if (tree.files[file] !== undefined && !isLink) continue
    throw new Refusal(
      'not_a_test',
      `${file} is ${isLink ? 'a symbolic link' : 'ignored by git, or part of another repository'}, so whether it is new cannot be seen, and nothing was run.`,
      'Name a file of its own that git does not ignore.',
    )
  }
}

/** Tests that an earlier task left to be fulfilled are not rewritten by the task that fulfils them. */
function refusePending(context: Context, task: Task, files: readonly string[]): void {
  const pendingTests = [
    ...context.pendingTests.ids.values(),
    ...context.pendingTests.files.values(),
  ]
  for (const file of files) {
    const hash = testHash(context, requireTestRunner(context, file), file)
    const pendingTest = pendingTests.find(
      ({ file: owed, task: by }) => owed === file && by !== task.id,
    )
    if (!pendingTest || pendingTest.sha256 === hash) continue
    throw new Refusal(
      'tests_changed',
      `${file} holds tests that ${pendingTest.task} left to be fulfilled, and it was changed, so nothing was run.`,
      'Put it back, and write further tests into a file of their own.',
    )
  }
}

/** A test that was there before the work cannot tell that the work is missing, unless an earlier task left it to be fulfilled. */
async function refuseOld(
  context: Context,
  { task, start }: StartedTask,
  { testRunner, files }: TestFiles,
): Promise<void> {
  const before = await treeAtStart(context, task, start)
  // A copy of an old test is no new one.
  const contents = new Set(Object.values(before.files).filter(hash => hash !== EMPTY))
  const old: string[] = []
  for (const file of files) {
    const hash = testHash(context, testRunner, file) ?? ''
    const isOld =
      contents.has(hash) || (await hadTheseTests(context, testRunner, start, file, hash))
    if (isOld && !isPendingFile(context.pendingTests, file, hash)) old.push(file)
  }
  if (old.length === 0) return
  throw new Refusal(
    'red_not_new',
    `${old.join(', ')} ${old.length === 1 ? 'is' : 'are'} as at the start of ${task.id}, so nothing was run.`,
    'A test has to be written after its task was started: write a new one, or leave out the files that the task did not change.',
  )
}

/** Code changed around tests that were there at the start of the task. */
async function hadTheseTests(
  context: Context,
  testRunner: TestRunner,
  start: StartedTask['start'],
  file: string,
  hash: string,
): Promise<boolean> {
  if (!isMixed(testRunner, file)) return false
  const then = await textInSnapshot(context, start, file)
  return then !== undefined && hashOfTests(testRunner, then) === hash
}

const EMPTY = sha256('')
