import { isCode } from '../../plan/file-role.ts'
import type { Task } from '../../plan/plan.ts'
import { changedPaths, writtenPaths, type Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import { taskStates } from '../context/task-state.ts'

/** Files that concern the task and changed from one tree to another. */
export function ownChanges(context: Context, task: Task, from: Tree, to: Tree): string[] {
  return changedPaths(from, to).filter(concerns(context, task))
}

/** Not the plan's own documents, which the server and people write, and not what other tasks in progress name. */
function concerns(context: Context, task?: Task): (file: string) => boolean {
  const states = taskStates(context)
  const others = context.plan.tasks.filter(
    other => other.id !== task?.id && states.get(other.id)?.lease !== undefined,
  )
  const theirs = new Set(others.flatMap(other => other.files))
  const documents = new Set(context.plan.documents.map(({ path }) => path))
  return file =>
    !documents.has(file) && (!theirs.has(file) || (task?.files.includes(file) ?? false))
}

/** A run proves something about the files that were there from its beginning to its end, and about no others. */
export function refuseMoved(
  context: Context,
  task: Task,
  observed: { before: Tree; after: Tree },
): void {
  const moved = movedFiles(context, task, observed)
  if (moved.length === 0) return
  throw new Refusal(
    'moved',
    `${listed(moved)} changed while the tests ran, so the run proves nothing and was not recorded.`,
    'Let the files rest and call the same step again. If a test writes there itself, have git ignore that file.',
  )
}

/** What was written between two trees and matters for what a run says. */
export function movedFiles(
  context: Context,
  task: Task | undefined,
  { before, after }: { before: Tree; after: Tree },
): string[] {
  const created = (file: string) => before.files[file] === undefined
  const same = (file: string) => before.files[file] === after.files[file]
  // What a test leaves behind (a report, a database) does not change what it was run against; code does.
  // A file that was replaced and put back in time counts when it is code.
  const written =
    before.stamps && after.stamps ? writtenPaths(before, after) : changedPaths(before, after)
  return written
    .filter(concerns(context, task))
    .filter(file => (!created(file) && !same(file)) || isCode(file))
}

function listed(files: readonly string[]): string {
  const more = files.length - 3
  return files.slice(0, 3).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
