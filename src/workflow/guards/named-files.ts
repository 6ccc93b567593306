import { statSync } from 'node:fs'
import path from 'node:path'
import type { Task } from '../../plan/plan.ts'
import { takeTree, type Tree } from '../../store/tree.ts'
import { absolute, contain } from '../../store/workspace.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import { restoreTree, snapshotAtStart, treeAtStart } from '../testing/snapshots.ts'
import type { StartedTask } from './may-move.ts'

/** Returns the files that the task names. Refuses if one of them is missing, or empty without being created by the task. */
export async function refuseMissingFiles(
  context: Context,
  { task, start }: StartedTask,
): Promise<string[]> {
  // A file that the task removes is missing when the task is done.
  const files = REMOVES.test(task.title) ? [] : task.files
  const before = await restoreTree(context, start)
  const absent = files.filter(
    file => !isPresent(context, file) && !isNewFile(context, file, before),
  )
  const missing = absent.length > 0 ? await withoutNamesakes(context, absent) : []
  const [first] = missing
  if (first === undefined) return task.files
  throw new Refusal(
    'file_missing',
    missing.length > 1
      ? `${task.id} names ${missing.length} files that are missing or empty, first ${first}.`
      : `${task.id} names ${first}, which is missing or empty.`,
    `Nothing was recorded. Write what is missing and call the tool again. If the plan names the wrong file, ask a human to correct it or to waive the task with \`redgreen waive ${task.id} --reason …\`.`,
  )
}

/**
 * Refuses a `check` task that did nothing to the files that it names. One of them must have changed since the task was started
 * or, if no finished task names it, since the feature was started. A file that the task is to remove must be gone.
 *
 * @param checked the named check that ran for the task, if any
 */
export async function refuseUnchangedFiles(
  context: Context,
  { task, start }: StartedTask,
  checked: string | undefined,
): Promise<void> {
  const files = task.files.filter(file => !file.endsWith('/'))
  if (task.kind !== 'check' || files.length === 0 || IF_MISSING.test(task.title)) return
  if (checked !== undefined && INSPECTS.test(task.title)) return
  const now = await takeTree(context.workspace)
  const remaining = removedBy(task, files).filter(file => lookup(now, file).length > 0)
  if (remaining.length > 0)
    throw nothingChanged(context, task, `${remaining[0]}, which is still there`)
  const atTask = await treeAtStart(context, task, start)
  const first = snapshotAtStart(context.ledger.events)
  const atFeature = (first && (await restoreTree(context, first))) ?? atTask
  const isChanged = (file: string) =>
    isIgnored(context, now, file) ||
    differs(atTask, now, file) ||
    (!isNamedByFinished(context, task, file) && differs(atFeature, now, file))
  if (files.some(isChanged)) return
  throw nothingChanged(context, task, `${files.join(', ')}, unchanged since ${task.id} was started`)
}

function nothingChanged(context: Context, task: Task, what: string): Refusal {
  const step = context.call.frontend.describeStep('record_green', { task: task.id })
  return new Refusal(
    'nothing_changed',
    `${task.id} is proven as \`check\` (${task.kindReason}) and names ${what}.`,
    `Nothing was recorded. Do the work, then ${step} again. If it was done before, ask a human to waive the task with \`redgreen waive ${task.id} --reason …\`.`,
  )
}

/** Files that the title asks to remove, not those from which a part is removed. */
function removedBy({ title }: Task, files: readonly string[]): string[] {
  const [, object = ''] = REMOVE.exec(title) ?? []
  return files.filter(file => {
    const at = object.indexOf(file)
    return at >= 0 && !PART_OF.test(object.slice(0, at))
  })
}

const REMOVE = /^(?:remove|delete|drop|retire)\s+(.+)$/is
/** `Remove the badge from README.md` edits the file. */
const PART_OF = /\b(from|in|inside|within|of|out of|to|with|by|see|per)\b/i
const IF_MISSING =
  /\bif (it (is|does) )?(not (already )?(exist\w*|present|there)|missing|absent|needed)\b|\balready (exists|configured|done|present)\b/i
/** Looks at a file instead of changing it. */
const INSPECTS =
  /^(re-?run|run|execute|verify|validate|check|confirm|ensure|follow|test|review|measure|walk)\b/i

/** The tree's files that a name means: the file itself or, for a name without a folder, its namesakes. */
function lookup(tree: Tree, name: string): string[] {
  if (tree.files[name] !== undefined || name.includes('/'))
    return tree.files[name] === undefined ? [] : [name]
  return Object.keys(tree.files).filter(file => path.posix.basename(file) === name)
}

function differs(before: Tree, now: Tree, name: string): boolean {
  const files = new Set([...lookup(before, name), ...lookup(now, name)])
  return [...files].some(file => before.files[file] !== now.files[file])
}

/** Git ignores it, so no snapshot shows whether it changed. */
function isIgnored(context: Context, now: Tree, file: string): boolean {
  return lookup(now, file).length === 0 && isPresent(context, file)
}

function isNamedByFinished({ plan, histories }: Context, task: Task, file: string): boolean {
  return plan.tasks.some(
    ({ id, files }) =>
      id !== task.id && histories.get(id)?.stage === 'done' && files.includes(file),
  )
}

const REMOVES = /\b(remove|delete|drop|move|rename|replace|retire)\b/i

/** A name without a folder matches a file of that name in any folder. */
async function withoutNamesakes(context: Context, files: readonly string[]): Promise<string[]> {
  if (files.every(file => file.includes('/'))) return [...files]
  const tree = await takeTree(context.workspace)
  const namesakes = new Set(
    Object.keys(tree.files)
      .filter(file => isPresent(context, file))
      .map(file => path.posix.basename(file)),
  )
  return files.filter(file => file.includes('/') || !namesakes.has(file))
}

/** True for a file with content and for a folder with entries. */
function isPresent(context: Context, file: string): boolean {
  const relative = contain(context.workspace, file)
  const stat = statSync(absolute(context.workspace, relative), { throwIfNoEntry: false })
  if (!stat) return false
  return stat.isDirectory() ? context.reader.list(relative).length > 0 : stat.size > 0
}

/** An empty file that was not there when the task was started, such as `tests/__init__.py`. */
function isNewFile(context: Context, file: string, before: Tree | undefined): boolean {
  const relative = contain(context.workspace, file)
  const stat = statSync(absolute(context.workspace, relative), { throwIfNoEntry: false })
  return stat?.isFile() === true && before !== undefined && before.files[relative] === undefined
}
