import { lstatSync } from 'node:fs'
import { formatList } from '../../plan/format-list.ts'
import { isTestFile } from '../../plan/test-file.ts'
import { testNamesakes } from '../../plan/test-namesakes.ts'
import { takeTree, type Tree } from '../../store/tree.ts'
import { hashOfFile } from '../../store/hashed-file.ts'
import { absolute, contain } from '../../store/workspace.ts'
import { worktreesWith } from '../../store/worktrees.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import { requireTestRunner } from '../testing/test-runner.ts'
import { isConfiguredTest, withTests } from '../testing/configured-tests.ts'
import type { StartedTask } from './require-stage.ts'
import { refuseOldTests } from './new-tests.ts'
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
  late = false,
): Promise<TestFiles> {
  const tree = await takeTree(context.workspace)
  const files = [...new Set(named.map(name => existingFile(context, name, tree)))]
  refuseUntracked(context, files, tree)
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
    await refuseOldTests(context, started, testRunner, files, late)
    return { testRunner, files }
  }
  throw new Refusal(
    'bad_arguments',
    `${first.file} and ${other.file} belong to different packages or test runners, so nothing was run.`,
    'Name the tests of one of them.',
  )
}

function existingFile(context: Context, name: string, tree: Tree): string {
  if (name.startsWith('-')) {
    throw new Refusal(
      'path_outside',
      `The path ${JSON.stringify(name)} starts with a dash, so a test runner would read it as an option. Nothing was run.`,
      'Name the test by its path from the workspace, such as tests/a.test.ts.',
    )
  }
  refuseForeignStart(context, name, tree)
  const file = contain(context.workspace, name)
  if (hashOfFile(absolute(context.workspace, file)) !== undefined) return file
  const [elsewhere] = worktreesWith(context.workspace, file)
  throw new Refusal(
    'test_missing',
    `There is no file ${file} in the workspace ${context.workspace.root}, so nothing was run.`,
    elsewhere === undefined
      ? writeOrName(file, tree)
      : `That file is in ${elsewhere}, another worktree of the same clone. Work in ${context.workspace.root}, or start the server with --root ${elsewhere}.`,
  )
}

/** A server may run in a folder of the project, and its caller may think that paths begin there. */
function refuseForeignStart({ workspace }: Context, name: string, { files }: Tree): void {
  const plain = name.replaceAll('\\', '/').replace(/^(?:\.\.\/)+/, '')
  if (plain === name || files[plain] === undefined) return
  throw new Refusal(
    'path_outside',
    `The path ${JSON.stringify(name)} is outside the workspace ${workspace.root}. Nothing was run.`,
    `Paths begin at the workspace: name ${plain}.`,
  )
}

function writeOrName(file: string, { files }: Tree): string {
  const known = testNamesakes(file, Object.keys(files).filter(isTestFile))
  if (known.length === 0) return 'Write the test there first, or name the file that has it.'
  const [there, that] = known.length === 1 ? ['is', 'that file'] : ['are', 'one of them']
  return `There ${there} ${formatList(known, 3)}: name ${that}, or write the test.`
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
function refuseUntracked(context: Context, files: readonly string[], tree: Tree): void {
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
