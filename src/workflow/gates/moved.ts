import type { Task } from '../../plan/plan.ts'
import { changedPaths, type Tree } from '../../store/tree.ts'
import type { Desk } from '../desk.ts'
import { Refusal } from '../refusal.ts'
import { standingsOf } from '../standing.ts'

/** Files that concern the task and are different in two trees: not the plan's, not those of other tasks in progress. */
export function ownChanges(desk: Desk, task: Task, from: Tree, to: Tree): string[] {
  const standings = standingsOf(desk)
  const others = desk.plan.tasks.filter(
    other => other.id !== task.id && standings.get(other.id)?.claim !== undefined,
  )
  const theirs = new Set(others.flatMap(other => other.files))
  const plan = `${desk.plan.feature.dir}/`
  return changedPaths(from, to).filter(
    file => !file.startsWith(plan) && (!theirs.has(file) || task.files.includes(file)),
  )
}

/** A run proves something about the files that were there from its beginning to its end, and about no others. */
export function refuseMoved(
  desk: Desk,
  task: Task,
  witnessed: { before: Tree; after: Tree },
): void {
  const created = (file: string) => witnessed.before.files[file] === undefined
  // What a test leaves behind (a report, a database) does not change what it was run against; code does.
  const moved = ownChanges(desk, task, witnessed.before, witnessed.after).filter(
    file => !created(file) || CODE.test(file),
  )
  if (moved.length === 0) return
  throw new Refusal(
    'moved',
    `${listed(moved)} changed while the tests ran, so the run proves nothing and was not recorded.`,
    'Let the files rest and call the same step again. If a test writes there itself, have git ignore that file.',
  )
}

const CODE =
  /\.([cm]?[jt]sx?|py|rs|go|java|kts?|rb|php|cs|c|cc|cpp|hh?|hpp|swift|vue|svelte|sh|pl)$/

function listed(files: readonly string[]): string {
  const more = files.length - 3
  return files.slice(0, 3).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
