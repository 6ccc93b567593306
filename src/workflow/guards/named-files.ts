import { readdirSync, statSync, type Stats } from 'node:fs'
import path from 'node:path'
import { isDocument } from '../../plan/file-role.ts'
import type { Task } from '../../plan/plan.ts'
import { takeTree, type Tree } from '../../store/tree.ts'
import { contain } from '../../store/workspace.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import { restoreTree, snapshotAtStart, type SnapshotFields } from '../testing/snapshots.ts'
import type { StartedTask } from './require-stage.ts'
import { countOf } from '../../plan/format-list.ts'

/** Returns the files that the task names. Refuses if one of them is missing, or empty although its content is the work. */
export async function refuseMissingFiles(
  context: Context,
  { task, start }: StartedTask,
): Promise<string[]> {
  const { root } = context.workspace
  const missing = await missingFiles(context, { ...task, start }, { root })
  const [first] = missing
  if (first === undefined) return task.files
  throw new Refusal(
    'file_missing',
    missing.length > 1
      ? `${task.id} names ${countOf(missing.length, 'file')} that are missing or empty, first ${first}.`
      : `${task.id} names ${first}, which is missing or empty.`,
    `Nothing was recorded. Write what is missing (in an empty folder, a file such as .gitkeep) and call the tool again. If the plan names the wrong file, ask a human to correct it or to waive the task with \`redgreen waive ${task.id} --reason …\`.`,
  )
}

/** What a task names. */
interface NamedFiles extends Pick<Task, 'title' | 'files'> {
  start?: SnapshotFields | undefined
}

/**
 * The named files that are missing below a root. An empty file is not missing if it is new and no document, such as
 * `tests/__init__.py`.
 *
 * @param root the workspace, or a checkout of an earlier state with its `tree`
 */
export async function missingFiles(
  context: Context,
  { title, files, start }: NamedFiles,
  { root, tree }: { root: string; tree?: Tree },
): Promise<string[]> {
  // A file that the task removes is missing when the task is done.
  if (REMOVES.test(title)) return []
  const absent = files.filter(file => !isPresent(file, root))
  if (absent.length === 0) return []
  const earlier = [start, snapshotAtStart(context.ledger.events)]
  const starts = await Promise.all(
    earlier.flatMap(event => (event ? [restoreTree(context, event)] : [])),
  )
  const isNew = (file: string) => starts.some(tree => tree && tree.files[file] === undefined)
  const lacking = absent.filter(
    file => isDocument(file) || !statOf(file, root)?.isFile() || !isNew(file),
  )
  return withoutNamesakes(context, lacking, root, tree)
}

const REMOVES = /\b(remove|delete|drop|move|rename|replace|retire)\b/i

/** A name without a folder matches a file of that name in any folder. */
async function withoutNamesakes(
  context: Context,
  files: readonly string[],
  root: string,
  known?: Tree,
): Promise<string[]> {
  if (files.every(file => file.includes('/'))) return [...files]
  const tree = known ?? (await takeTree(context.workspace))
  const namesakes = new Set(
    Object.keys(tree.files)
      .filter(file => isPresent(file, root))
      .map(file => path.posix.basename(file)),
  )
  return files.filter(file => file.includes('/') || !namesakes.has(file))
}

/** True for a file with content and for a folder with entries. */
export function isPresent(file: string, root: string): boolean {
  const stat = statOf(file, root)
  if (!stat) return false
  return stat.isDirectory() ? readdirSync(path.join(root, file)).length > 0 : stat.size > 0
}

function statOf(file: string, root: string): Stats | undefined {
  return statSync(path.join(root, contain({ root }, file)), { throwIfNoEntry: false })
}
