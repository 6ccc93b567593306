import type { Event } from '../../evidence/event.ts'
import type { Task } from '../../plan/plan.ts'
import { git } from '../../store/git.ts'
import {
  storeTreeInGit,
  Moving,
  prepareSnapshot as prepareInStore,
  recallSnapshot,
} from '../../store/snapshot.ts'
import { saveTree, loadTree, type Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'

/** What an event says of the files it was seen with. */
export interface SnapshotFields {
  tree: string
  /** Git's name for them. */
  snapshot?: string | undefined
}

/** Files that git keeps. */
export interface StoredSnapshot {
  tree: string
  snapshot: string
}

/**
 * Does beforehand what takes its time about keeping files, so that `keepFiles` has little to do while others wait. Call
 * it outside `atDesk`. A reference is not made here: should the step be refused, nothing would explain it.
 */
export async function prepareSnapshot(
  place: Pick<Context, 'workspace' | 'state'>,
  tree: Tree,
  root?: string,
): Promise<void> {
  await prepareInStore(place, tree, root)
}

/** Keeps the files of a step, with their contents where git can; `tell` hears what is missing. */
export async function storeSnapshot(
  context: Context,
  tree: Tree,
  purpose: { task: string; step: string; root?: string | undefined },
  tell: (missing: string) => void = () => {},
): Promise<SnapshotFields> {
  const { task, step, root } = purpose
  saveTree(context.state, tree)
  try {
    const kept = await storeTreeInGit(
      context,
      tree,
      { feature: context.plan.feature.id, task, step },
      root,
    )
    if ('snapshot' in kept) return { tree: tree.hash, snapshot: kept.snapshot }
    tell(
      `No snapshot was kept: ${kept.missing}. A changed test cannot be looked at on the sources of before, and this step cannot be replayed.`,
    )
    return { tree: tree.hash }
  } catch (error) {
    if (!(error instanceof Moving)) throw error
    throw new Refusal(
      'moved',
      `${error.message} The step was not recorded.`,
      'Let the files rest and call the same step again.',
    )
  }
}

/** The files that an event was seen with, as far as this clone or its git knows them. */
export async function restoreTree(
  context: Context,
  { tree, snapshot }: SnapshotFields,
): Promise<Tree | undefined> {
  const known = loadTree(context.state, tree)
  if (known || snapshot === undefined) return known
  const kept = await recallSnapshot(context.workspace, snapshot)
  if (kept?.hash !== tree) return undefined
  saveTree(context.state, kept)
  return kept
}

/** The files as they were when a task was started; without them nothing can be said about what it changed. */
export function treeAtStart(context: Context, task: Task, start: SnapshotFields): Promise<Tree> {
  return treeOfEvent(context, task, start, 'was started with')
}

/** The files that an event of a task was seen with; refuses where nobody knows them any more. */
export async function treeOfEvent(
  context: Context,
  task: Task,
  event: SnapshotFields,
  how: string,
): Promise<Tree> {
  const tree = await restoreTree(context, event)
  if (tree) return tree
  throw new Refusal(
    'wrong_stage',
    `This clone does not have the files that ${task.id} ${how}, so nothing was run.`,
    `To start it again here, ${context.call.frontend.describeStep('next_task', { task: task.id })}.`,
  )
}

/** The text of a file as an event was seen with it; `undefined` where git does not have it. */
export function textInSnapshot(
  { workspace }: Pick<Context, 'workspace'>,
  { snapshot }: SnapshotFields,
  file: string,
): Promise<string | undefined> {
  if (snapshot === undefined) return Promise.resolve(undefined)
  return git(workspace, ['cat-file', 'blob', `${snapshot}:${file}`])
}

/** The files as they were when the feature was begun, where git keeps them. */
export function filesAtStart(events: readonly Event[]): StoredSnapshot | undefined {
  const first = events.find(event => event.kind === 'start')
  return first?.kind === 'start' ? keptFiles(first) : undefined
}

/** The files that an event was seen with, where git keeps them. */
export function keptFiles({ tree, snapshot }: SnapshotFields): StoredSnapshot | undefined {
  return snapshot === undefined ? undefined : { tree, snapshot }
}
