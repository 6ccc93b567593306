import type { Event } from '../../evidence/event.ts'
import type { Task } from '../../plan/plan.ts'
import { FilesChanged } from '../../store/snapshot-source.ts'
import { snapshotText } from '../../store/snapshot-text.ts'
import {
  storeTreeInGit,
  prepareSnapshot as prepareInStore,
  readSnapshot,
} from '../../store/snapshot.ts'
import type { Tree } from '../../store/tree.ts'
import { saveTree, loadTree } from '../../store/saved-trees.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'

/** How an event refers to the files of its step. */
export interface SnapshotFields {
  /** Hash of the tree. */
  tree: string
  /** Git's id of the same tree with its content; absent if git could not store it. */
  snapshot?: string | undefined
}

/** A snapshot that git has stored. */
export interface StoredSnapshot {
  tree: string
  snapshot: string
}

/**
 * Does the slow part of storing a snapshot, so that `storeSnapshot` is fast. Call it outside `withTransaction`. It creates no
 * git reference: if the step is refused, nothing would explain that reference.
 */
export async function prepareSnapshot(
  place: Pick<Context, 'workspace' | 'state'>,
  tree: Tree,
  root?: string,
): Promise<void> {
  await prepareInStore(place, tree, root)
}

/**
 * Stores the files of a step, in git with their content if possible. `onMissing` is called with a message if it is not. Refuses
 * with `moved` if the files change meanwhile.
 */
export async function storeSnapshot(
  context: Context,
  tree: Tree,
  purpose: { task: string; step: string; root?: string | undefined },
  onMissing: (message: string) => void = () => {},
): Promise<SnapshotFields> {
  const { task, step, root } = purpose
  try {
    const stored = await storeTreeInGit(context, tree, { feature: context.key, task, step }, root)
    if ('snapshot' in stored) return { tree: tree.hash, snapshot: stored.snapshot }
    onMissing(
      `No snapshot was stored: ${stored.missing}. A changed test cannot be run on these sources later, and this step cannot be replayed.`,
    )
    saveTree(context.state, tree)
    return { tree: tree.hash }
  } catch (error) {
    if (!(error instanceof FilesChanged)) throw error
    throw new Refusal(
      'moved',
      `${error.message} The step was not recorded.`,
      'Stop editing and call the tool again.',
    )
  }
}

/** The tree of an event, if this clone or its git has it. */
export async function restoreTree(
  context: Context,
  { tree, snapshot }: SnapshotFields,
): Promise<Tree | undefined> {
  const known = loadTree(context.state, tree)
  if (known || snapshot === undefined) return known
  const recalled = await readSnapshot(context.workspace, snapshot)
  if (recalled?.hash !== tree) return undefined
  saveTree(context.state, recalled, { inGit: true })
  return recalled
}

/** The tree at the start of a task. Refuses if it is not available: without it, the changes of the task are unknown. */
export function treeAtStart(context: Context, task: Task, start: SnapshotFields): Promise<Tree> {
  return treeOfEvent(context, task, start, 'was started with')
}

/**
 * The tree of an event of a task. Refuses if it is not available.
 *
 * @param relation what connects the task and the tree, such as `was started with`
 */
export async function treeOfEvent(
  context: Context,
  task: Task,
  event: SnapshotFields,
  relation: string,
): Promise<Tree> {
  const tree = await restoreTree(context, event)
  if (tree) return tree
  throw new Refusal(
    'wrong_stage',
    `This clone does not have the files that ${task.id} ${relation}, so nothing was run.`,
    `To start it again here, ${context.call.frontend.describeStep('next_task', { task: task.id })}.`,
  )
}

/** The text of a file in the snapshot of an event; `undefined` if git does not have it. */
export function textInSnapshot(
  { workspace }: Pick<Context, 'workspace'>,
  { snapshot }: SnapshotFields,
  file: string,
): Promise<string | undefined> {
  if (snapshot === undefined) return Promise.resolve(undefined)
  return snapshotText(workspace, snapshot, file)
}

/** The snapshot of the feature's first step; `undefined` if git has not stored it. */
export function snapshotAtStart(events: readonly Event[]): StoredSnapshot | undefined {
  const first = events.find(event => event.kind === 'start')
  return first?.kind === 'start' ? storedSnapshot(first) : undefined
}

/** The files at the start of the feature and now. */
export interface SinceStart {
  start: StoredSnapshot
  before: Tree
  now: Tree
}

/** The files since the start of the feature; `undefined` without a snapshot to compare with. */
export async function sinceStart(context: Context, now: Tree): Promise<SinceStart | undefined> {
  const start = snapshotAtStart(context.ledger.events)
  const before = start && (await restoreTree(context, start))
  return start && before && { start, before, now }
}

/** The snapshot of an event; `undefined` if git has not stored it. */
export function storedSnapshot({ tree, snapshot }: SnapshotFields): StoredSnapshot | undefined {
  return snapshot === undefined ? undefined : { tree, snapshot }
}
