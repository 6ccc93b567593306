import path from 'node:path'
import { lastEvent, type EventOf } from '../../evidence/event.ts'
import { asksForForm, filesToRemove, mayExistAlready } from '../../plan/asked-work.ts'
import { saysNothing, saysTheSame } from '../../plan/document-text.ts'
import { isDocument } from '../../plan/file-role.ts'
import { formatList } from '../../plan/format-list.ts'
import { DOCUMENTATION } from '../../plan/kinds.ts'
import type { Task } from '../../plan/plan.ts'
import { git } from '../../store/git.ts'
import { anywhere, literalPath } from '../../store/literal-path.ts'
import { takeTree, type Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { kindHint } from '../context/kind-hint.ts'
import { Refusal } from '../context/refusal.ts'
import { readableText } from '../testing/readable-text.ts'
import {
  restoreTree,
  snapshotAtStart,
  textInSnapshot,
  treeAtStart,
  type SnapshotFields,
} from '../testing/snapshots.ts'
import type { StartedTask } from './require-stage.ts'
import { isPresent } from './named-files.ts'

/**
 * Refuses a `check` task that did nothing to the files that it names. A file that its words ask to remove must be gone, and one
 * of the others must have changed: since the task was started, or earlier in the feature if that was not the work of another
 * finished task. Folders are not looked at here.
 */
export async function refuseUnchangedFiles(
  context: Context,
  { task, start }: StartedTask,
): Promise<void> {
  const files = task.files.filter(file => !isFolder(context, file))
  if (task.kind !== 'check' || files.length === 0) return
  const now = await takeTree(context.workspace)
  const removed = filesToRemove(task.title, files)
  const remaining = removed.find(file => isThere(context, now, file))
  if (remaining !== undefined) throw stillThere(context, task, remaining)
  const others = files.filter(file => !removed.includes(file))
  if (others.length === 0) return
  const empty = others.filter(file => isEmptyDocument(context, task, file))
  if (empty.length > 0) throw emptyDocument(context, task, empty)
  if (others.some(file => isIgnored(context, now, file) || mayExistAlready(task.title, file)))
    return
  const atStart = await treeAtStart(context, task, start)
  for (const file of files) {
    if (await differs(context, task, { event: start, tree: atStart }, now, file)) return
    const earlier = await versionBefore(context, task, file)
    if (earlier && (await differs(context, task, earlier, now, file))) return
  }
  if (await isUncommitted(context, task, others)) return
  throw nothingChanged(context, task, others)
}

/** The files of an event. */
interface Version {
  event: SnapshotFields
  tree: Tree
}

/** The files before anything that can be this task's work: of the last finished task that names the file, else of the feature's start. */
async function versionBefore(
  context: Context,
  task: Task,
  file: string,
): Promise<Version | undefined> {
  const event = lastTaskWith(context, task, file) ?? snapshotAtStart(context.ledger.events)
  const tree = event && (await restoreTree(context, event))
  return tree && { event, tree }
}

/** A document of a documentation task that nobody has written yet. In other tasks, such as those that set up a project, it may be empty. */
function isEmptyDocument(context: Context, { kindReason }: Task, file: string): boolean {
  if (kindReason !== DOCUMENTATION || !isDocument(file)) return false
  const text = readableText(context, file)
  return context.reader.exists(file) && saysNothing(text)
}

/** The last finished task besides this one that names the file. */
function lastTaskWith(
  { plan, ledger }: Context,
  task: Task,
  file: string,
): EventOf<'done'> | undefined {
  const names = new Map(plan.tasks.map(({ id, files }) => [id, files]))
  return lastEvent(
    ledger.events,
    'done',
    done => done.task !== task.id && names.get(done.task)?.includes(file) === true,
  )
}

/** Was one of the files written after the last commit, perhaps before the feature was started, and by no finished task? */
async function isUncommitted(
  context: Context,
  task: Task,
  names: readonly string[],
): Promise<boolean> {
  const own = names.filter(file => !lastTaskWith(context, task, file))
  const committed = await git(context.workspace, ['rev-parse', '--verify', '--quiet', 'HEAD'])
  if (committed === undefined || own.length === 0) return false
  const paths = own.map(file => (file.includes('/') ? literalPath(file) : anywhere(file)))
  const status = ['status', '--porcelain', '--no-renames', '--untracked-files=all', '-z', '--']
  const entries = ((await git(context.workspace, [...status, ...paths])) ?? '').split('\0')
  const prefix = ((await git(context.workspace, ['rev-parse', '--show-prefix'])) ?? '').trim()
  // Two letters and a space stand before each path, which is relative to the top of the repository.
  for (const inTop of entries.map(entry => entry.slice(3)).filter(name => name !== '')) {
    const before = await git(context.workspace, ['cat-file', 'blob', `HEAD:${inTop}`])
    const file = inTop.slice(prefix.length)
    if (isOtherText(context, task, file, before)) return true
  }
  return false
}

/** Git ignores it, or it may hold secrets, so no snapshot shows whether it changed. */
function isIgnored(context: Context, now: Tree, file: string): boolean {
  return namesakes(now, file).length === 0 && isPresent(file, context.workspace.root)
}

function isThere(context: Context, now: Tree, file: string): boolean {
  return namesakes(now, file).length > 0 || isPresent(file, context.workspace.root)
}

function isFolder(context: Context, file: string): boolean {
  return file.endsWith('/') || context.reader.list(file).length > 0
}

/** The tree's files that a name means: the file itself or, for a name without a folder, all files with that name. */
function namesakes(tree: Tree, name: string): string[] {
  if (tree.files[name] !== undefined) return [name]
  if (name.includes('/')) return []
  return Object.keys(tree.files).filter(file => path.posix.basename(file) === name)
}

/** Has the file, or a document's text, changed since then? */
async function differs(
  context: Context,
  task: Task,
  { event, tree: before }: Version,
  now: Tree,
  name: string,
): Promise<boolean> {
  const files = new Set([...namesakes(before, name), ...namesakes(now, name)])
  for (const file of files) {
    if (before.files[file] === now.files[file]) continue
    if (isOtherText(context, task, file, await textInSnapshot(context, event, file))) return true
  }
  return false
}

/** Other bytes are another file. Of a document, the words have to differ, unless the task is about its form. */
function isOtherText(context: Context, { title }: Task, file: string, before = ''): boolean {
  if (!isDocument(file) || asksForForm(title)) return true
  return !saysTheSame(before, readableText(context, file))
}

function stillThere(context: Context, task: Task, file: string): Refusal {
  return refusal(context, task, `asks to remove ${file}, which is still there`, 'Remove it')
}

function nothingChanged(context: Context, task: Task, files: readonly string[]): Refusal {
  const what = `names ${formatList(files, 3)}, which did not change for this task`
  return refusal(context, task, what, 'Do the work')
}

function emptyDocument(context: Context, task: Task, files: readonly string[]): Refusal {
  const what = `names ${formatList(files, 3)}, which says nothing yet: comments and words such as TODO do not count`
  return refusal(context, task, what, 'Write it')
}

function refusal(context: Context, task: Task, what: string, work: string): Refusal {
  const step = context.call.frontend.describeStep('record_green', { task: task.id })
  return new Refusal(
    'nothing_changed',
    `${task.id} is proven as \`check\` (${task.kindReason}) and ${what}.`,
    `Nothing was recorded. ${work}, then ${step} again. If nothing is left to do, ask a human to waive the task with \`redgreen waive ${task.id} --reason …\`.`,
    kindHint(task),
  )
}
