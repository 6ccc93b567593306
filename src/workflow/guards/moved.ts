import { isCode } from '../../plan/file-role.ts'
import { formatList } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import { changedPaths, writtenPaths, type Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import { leasedTasks } from '../context/task-holder.ts'
import { isWrittenByRuns } from '../testing/observed-run.ts'

/** Files that concern the task and differ between two trees. */
export function ownChanges(context: Context, task: Task, from: Tree, to: Tree): string[] {
  return changedPaths(from, to).filter(concerns(context, task))
}

/** Excludes the plan's documents, which the server and humans write, and files that other tasks in progress name, now or later. */
function concerns(context: Context, task?: Task, later?: Context): (file: string) => boolean {
  const others = new Set(
    [context, later].flatMap(one => (one ? [...filesOfOthers(one, task)] : [])),
  )
  const documents = new Set(context.plan.documents.map(({ path }) => path))
  return file =>
    !documents.has(file) && (!others.has(file) || (task?.files.includes(file) ?? false))
}

/** Files that other tasks in progress name. */
export function filesOfOthers(context: Context, task?: Task): Set<string> {
  const others = leasedTasks(context).filter(({ id }) => id !== task?.id)
  return new Set(others.flatMap(({ files }) => files))
}

/** The files around a run, and the context after it if it was loaded again. */
interface ChangedTrees {
  before: Tree
  after: Tree
  later?: Context
}

/** Refuses a run during which files changed: it proves nothing about either version of them. */
export function refuseMoved(context: Context, task: Task, observed: ChangedTrees): void {
  const moved = movedFiles(context, task, observed)
  if (moved.length === 0) return
  throw new Refusal(
    'moved',
    `Files changed during the run (${formatList(moved, 3)}). Nothing was recorded.`,
    'Stop editing and call the tool again. If a test writes such a file, add the file to .gitignore; if git tracks it, also run `git rm --cached FILE`.',
  )
}

/** Files that were written between two trees and that a run may depend on. */
export function movedFiles(
  context: Context,
  task: Task | undefined,
  { before, after, later }: ChangedTrees,
): string[] {
  const isCreated = (file: string) => before.files[file] === undefined
  const isSame = (file: string) => before.files[file] === after.files[file]
  // A test may create files (a report, a database), unless they are code. Code counts even if its old text was restored
  // before the run ended.
  const written =
    before.stamps && after.stamps ? writtenPaths(before, after) : changedPaths(before, after)
  const isWritten = isWrittenByRuns(context)
  return written
    .filter(concerns(context, task, later))
    .filter(file => (!isCreated(file) && !isSame(file)) || isCode(file))
    .filter(file => (task?.files.includes(file) ?? false) || !isWritten(file))
}
