import path from 'node:path'
import { lastEvent, type EventOf } from '../../evidence/event.ts'
import {
  isCode,
  isConfigurationFile,
  isDocument,
  isSource,
  isTestSupport,
} from '../../plan/file-role.ts'
import type { Task } from '../../plan/plan.ts'
import { isTestFile } from '../../plan/test-file.ts'
import { withoutComments } from '../../plan/without-comments.ts'
import { readBytes } from '../../store/read-file.ts'
import { takeTree, type Tree } from '../../store/tree.ts'
import { absolute } from '../../store/workspace.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import { isTestCode } from '../testing/inline-tests.ts'
import { textInSnapshot, treeAtStart, treeOfEvent } from '../testing/snapshots.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import type { StartedTask } from './require-stage.ts'
import { ownChanges } from './moved.ts'

/**
 * Refuses a GREEN for which no code was written: since the RED only tests, their files, documents and comments changed, or the
 * sources are again those of the task's start. In doubt, a change counts.
 */
export async function refuseNothingNew(
  context: Context,
  task: Task,
  testRunner: TestRunner,
  red: EventOf<'red'>,
): Promise<void> {
  const now = await takeTree(context.workspace)
  const before = await treeOfEvent(context, task, red, 'was red with')
  if (!(await hasNewCode(context, task, testRunner, { ...red, before, now })))
    throw nothingNew(
      context,
      task,
      `Only tests, their files, documents and comments changed after the RED of ${task.id}`,
    )
  const { start } = context.histories.get(task.id) ?? {}
  // Code that exists already is proven without it: that is what `cover` and `late` are for.
  if (!start || task.kind === 'cover' || wasLate(context, task, start)) return
  if (!(await isNewSinceStart(context, task, testRunner, start)))
    throw nothingNew(
      context,
      task,
      `The code is the same as when ${task.id} was started, so its tests do not show new behaviour`,
    )
}

/** Files that were written or changed after a RED and that only tests read. */
export async function testDataSince(
  context: Context,
  task: Task,
  testRunner: TestRunner,
  red: EventOf<'red'>,
): Promise<string[]> {
  const now = await takeTree(context.workspace)
  const atRed = await treeOfEvent(context, task, red, 'was red with')
  return ownChanges(context, task, atRed, now).filter(
    file =>
      now.files[file] !== undefined &&
      !isCode(file) &&
      !task.files.includes(file) &&
      (isTestSupport(file) || isReadByTestsOnly(context, task, testRunner, file, now)),
  )
}

/** Does the task's code differ from that of its start in more than comments? */
export async function isNewSinceStart(
  context: Context,
  task: Task,
  testRunner: TestRunner,
  start: EventOf<'start'>,
): Promise<boolean> {
  const before = await treeAtStart(context, task, start)
  const now = await takeTree(context.workspace)
  return hasNewCode(context, task, testRunner, { ...start, before, now })
}

/**
 * Did a refactoring change more than documents and comments since the start of its task? Tests count only if the task is about
 * them.
 */
export async function isRefactored(
  context: Context,
  testRunner: TestRunner,
  { task, start }: Pick<StartedTask, 'task' | 'start'>,
  before: Tree,
): Promise<boolean> {
  const now = await takeTree(context.workspace)
  if (await hasNewCode(context, task, testRunner, { ...start, before, now })) return true
  const changes = ownChanges(context, task, before, now).filter(file => !isDocument(file))
  // Some findings of a linter are fixed in comments.
  if (ABOUT_FINDINGS.test(task.title)) return changes.length > 0
  return isAboutTests(task) && changes.some(file => isTestCode(testRunner, file))
}

const ABOUT_FINDINGS =
  /\b(\w*lint(er|ing|s)?|warnings|(lint\w*|type) (errors|issues|findings)|formatt(er|ing))\b|^\W*(re)?format\b/i

function isAboutTests({ title, files }: Task): boolean {
  return files.length > 0 ? files.every(isTestFile) : /\b(tests?|fixtures?|specs?)\b/i.test(title)
}

interface Change {
  snapshot?: string | undefined
  before: Tree
  now: Tree
}

async function hasNewCode(
  context: Context,
  task: Task,
  testRunner: TestRunner,
  { snapshot, before, now }: Change,
): Promise<boolean> {
  const changes = ownChanges(context, task, before, now).filter(
    file => !isTestCode(testRunner, file) && (!isDocument(file) || task.files.includes(file)),
  )
  for (const file of changes) {
    const isNew =
      !isReadByTestsOnly(context, task, testRunner, file, now) &&
      !(await differsInCommentsOnly(context, task, testRunner, file, { snapshot, before, now }))
    if (isNew) return true
  }
  return false
}

async function differsInCommentsOnly(
  context: Context,
  task: Task,
  testRunner: TestRunner,
  file: string,
  { snapshot, before, now }: Change,
): Promise<boolean> {
  // A task may be about comments, and a test may read a source as text.
  if (ABOUT_COMMENTS.test(task.title) || testRunner.framework.inline?.holds(file)) return false
  // A new file can matter because it exists.
  if (before.files[file] === undefined || now.files[file] === undefined) return false
  const earlier = await textInSnapshot(context, { tree: before.hash, snapshot }, file)
  const current = textOf(context, file)
  if (earlier === undefined || current === undefined) return false
  const code = withoutComments(file, current)
  return code !== undefined && code === withoutComments(file, earlier)
}

const ABOUT_COMMENTS = /\b(comments?|headers?|licen[cs]e|docstrings?|jsdoc|annotat\w+|banner)\b/i

/** Data that a test names and no source does belongs to the test, unless the task names it. */
function isReadByTestsOnly(
  context: Context,
  task: Task,
  testRunner: TestRunner,
  file: string,
  now: Tree,
): boolean {
  if (isCode(file) || isConfigurationFile(file) || task.files.includes(file)) return false
  const code = Object.keys(now.files).filter(isCode)
  if (code.length > MAX_FILES) return false
  const name = path.posix.basename(file)
  const folder = path.posix.basename(path.posix.dirname(file))
  const names = (other: string, word: string) =>
    word !== '.' && (textOf(context, other)?.includes(word) ?? false)
  const tests = code.filter(other => isTestCode(testRunner, other))
  if (!tests.some(test => names(test, name))) return false
  return !code
    .filter(other => isSource(other) && !isTestCode(testRunner, other))
    .some(source => names(source, name) || names(source, folder))
}

const MAX_FILES = 2000

function textOf({ workspace }: Context, file: string): string | undefined {
  return readBytes(absolute(workspace, file))?.toString('utf8')
}

/** Has a RED of the task been recorded in a checkout without its code? */
function wasLate({ ledger }: Context, task: Task, start: EventOf<'start'>): boolean {
  const late = lastEvent(
    ledger.events,
    'red',
    red => red.task === task.id && red.checkout === 'late',
  )
  return late !== undefined && late.at >= start.at
}

function nothingNew(context: Context, task: Task, what: string): Refusal {
  const { frontend } = context.call
  return new Refusal(
    'nothing_changed',
    `${what}, so a pass would prove nothing. Nothing was run.`,
    `Write the code for ${task.id}, then ${frontend.describeStep('record_green', { task: task.id })} again. If its code was written before ${task.id} was started, ${frontend.describeStep('record_red', { task: task.id, late: true })}, or ask a human to waive the task with \`redgreen waive ${task.id} --reason …\`.`,
  )
}
