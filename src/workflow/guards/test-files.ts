import { lstatSync } from 'node:fs'
import { sha256 } from '../../evidence/chain.ts'
import { isOwedFile } from '../../evidence/pending-tests.ts'
import type { Task } from '../../plan/plan.ts'
import { hashOfFile, takeTree } from '../../store/tree.ts'
import { absolute, contain } from '../../store/workspace.ts'
import type { Desk } from '../context/context.ts'
import { hashOfTests, isMixed, testHash } from '../testing/inline-tests.ts'
import { keptText, treeAtStart } from '../testing/snapshots.ts'
import { Refusal } from '../context/refusal.ts'
import { benchFor, type Bench } from '../testing/test-runner.ts'
import type { Started } from './may-move.ts'

/** Test files that may stand for a task, and what runs them. */
export interface TestFiles {
  bench: Bench
  /** Relative to the workspace. */
  files: string[]
}

/** Checks the test files that a caller named: inside the workspace, there, tests, and written for this task. */
export async function testFilesOf(
  desk: Desk,
  started: Started,
  named: readonly string[],
): Promise<TestFiles> {
  const files = [...new Set(named.map(name => existing(desk, name)))]
  await refuseUnseen(desk, files)
  const benches = files.map(file => ({ file, bench: benchFor(desk, file) }))
  for (const { file, bench } of benches) refuseOther(file, bench)
  refuseOwed(desk, started.task, files)
  const [first] = benches
  if (!first) throw new Refusal('bad_arguments', 'No test file was named, so nothing was run.')
  const stranger = benches.find(
    ({ bench }) =>
      bench.framework !== first.bench.framework ||
      bench.package.folder !== first.bench.package.folder,
  )
  if (!stranger) {
    await refuseOld(desk, started, { bench: first.bench, files })
    return { bench: first.bench, files }
  }
  throw new Refusal(
    'bad_arguments',
    `${first.file} and ${stranger.file} belong to two packages or two test runners, so nothing was run.`,
    'Name the tests of one of them.',
  )
}

function existing(desk: Desk, name: string): string {
  if (name.startsWith('-')) {
    throw new Refusal(
      'path_outside',
      `The path ${JSON.stringify(name)} begins with a dash, as an option does.`,
      'Nothing was run. Name the test by its path from the workspace, such as tests/a.test.ts.',
    )
  }
  const file = contain(desk.workspace, name)
  if (hashOfFile(absolute(desk.workspace, file)) !== undefined) return file
  throw new Refusal(
    'test_missing',
    `There is no file ${file}, so nothing was run.`,
    'Write the test there first, or name the file that has it.',
  )
}

function refuseOther(file: string, { framework }: Bench): void {
  if (framework.isTest(file)) return
  throw new Refusal(
    'not_a_test',
    `${file} is no test file for ${framework.name} (${framework.testPatterns}), so nothing was run.`,
    'Name a file that fits, or rename this one.',
  )
}

/** A file that git ignores, or that is a link, could have been there before without anybody seeing it. */
async function refuseUnseen(desk: Desk, files: readonly string[]): Promise<void> {
  const tree = await takeTree(desk.workspace)
  for (const file of files) {
    const isLink = lstatSync(absolute(desk.workspace, file)).isSymbolicLink()
    if (tree.files[file] !== undefined && !isLink) continue
    throw new Refusal(
      'not_a_test',
      `${file} is ${isLink ? 'a symbolic link' : 'ignored by git, or part of another repository'}, so whether it is new cannot be seen, and nothing was run.`,
      'Name a file of its own that git does not ignore.',
    )
  }
}

/** Tests that an earlier task left to be fulfilled are not rewritten by the task that fulfils them. */
function refuseOwed(desk: Desk, task: Task, files: readonly string[]): void {
  const debts = [...desk.owed.ids.values(), ...desk.owed.files.values()]
  for (const file of files) {
    const hash = testHash(desk, benchFor(desk, file), file)
    const debt = debts.find(({ file: owed, task: by }) => owed === file && by !== task.id)
    if (!debt || debt.sha256 === hash) continue
    throw new Refusal(
      'tests_changed',
      `${file} holds tests that ${debt.task} left to be fulfilled, and it was changed, so nothing was run.`,
      'Put it back, and write further tests into a file of their own.',
    )
  }
}

/** A test that was there before the work cannot tell that the work is missing, unless an earlier task left it to be fulfilled. */
async function refuseOld(
  desk: Desk,
  { task, start }: Started,
  { bench, files }: TestFiles,
): Promise<void> {
  const before = await treeAtStart(desk, task, start)
  // A copy of an old test is no new one.
  const contents = new Set(Object.values(before.files).filter(hash => hash !== EMPTY))
  const old: string[] = []
  for (const file of files) {
    const hash = testHash(desk, bench, file) ?? ''
    const isOld = contents.has(hash) || (await hadTheseTests(desk, bench, start, file, hash))
    if (isOld && !isOwedFile(desk.owed, file, hash)) old.push(file)
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
  desk: Desk,
  bench: Bench,
  start: Started['start'],
  file: string,
  hash: string,
): Promise<boolean> {
  if (!isMixed(bench, file)) return false
  const then = await keptText(desk, start, file)
  return then !== undefined && hashOfTests(bench, then) === hash
}

const EMPTY = sha256('')
