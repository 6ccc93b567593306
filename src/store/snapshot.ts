import { sha256 } from '../evidence/chain.ts'
import { gitFolderOf } from './git-folder.ts'
import type { GitFailure } from './git.ts'
import { listTree, readBlobs } from './git-objects.ts'
import {
  baseOf,
  forgetBase,
  isBaseKnown,
  noteBase,
  rememberBase,
  type Base,
  type Last,
} from './snapshot-base.ts'
import { importSnapshot, type Storing } from './snapshot-import.ts'
import { writeSnapshot } from './snapshot-objects.ts'
import { snapshotReference, type SnapshotPurpose } from './snapshot-references.ts'
import { areFew, LINK } from './snapshot-source.ts'
import type { State } from './state.ts'
import { treeOf, type Tree } from './tree.ts'
import { saveTree } from './saved-trees.ts'
import { hashOfLink } from './hashed-file.ts'
import type { Workspace } from './workspace.ts'

/** A tree that git stores with all its contents: its git id, or why there is none. */
export type Snapshot = { snapshot: string } | { missing: string }

interface Place {
  workspace: Workspace
  state: State
}

/**
 * Keeps a tree in git's own store, under a reference of ours. What is stored is the difference to the snapshot before it,
 * so that a second one costs what has changed. Index, branches, stash, hooks and filters are not touched: bytes are kept
 * as they are. `root` is where the tree's files lie, when that is not the workspace.
 */
export async function storeTreeInGit(
  place: Place,
  tree: Tree,
  purpose: SnapshotPurpose,
  root = place.workspace.root,
): Promise<Snapshot> {
  const { workspace, state } = place
  const isKnown = isBaseKnown(state)
  const base = await baseOf(workspace, state, tree)
  if ('failed' in base) return { missing: withoutRepository(base) }
  const reference = snapshotReference(purpose, tree)
  const stored = await store(workspace, base, { tree, root, reference })
  if ('failed' in stored) {
    if (stored.cause !== undefined) throw stored.cause
    if (!isKnown) return { missing: `git keeps no snapshot here: ${stored.failed}` }
    // Git may have lost the snapshot that this process stored last.
    forgetBase(state)
    return storeTreeInGit(place, tree, purpose, root)
  }
  saveTree(state, tree, { inGit: true })
  noteBase(state, { tree, ...stored, reference })
  return { snapshot: stored.snapshot }
}

/**
 * Stores the large part of a snapshot in git without a reference, so that storing the snapshot later is fast. That later call reports
 * errors.
 */
export async function prepareSnapshot(
  { workspace, state }: Place,
  tree: Tree,
  root = workspace.root,
): Promise<void> {
  if (!gitFolderOf(workspace.root)) return
  const isKnown = isBaseKnown(state)
  const base = await baseOf(workspace, state, tree)
  if ('failed' in base || (isKnown && areFew(root, base.differs))) return
  const stored = await store(workspace, base, { tree, root, reference: undefined })
  if ('snapshot' in stored) rememberBase(state, { tree, ...stored, preparedAt: Date.now() })
}

async function store(
  workspace: Workspace,
  base: Base,
  storing: Storing,
): Promise<Omit<Last, 'tree'> | GitFailure> {
  return (
    (await writeSnapshot(workspace, base, storing)) ??
    (await importSnapshot(workspace, base, storing))
  )
}

/** Git may also refuse the repository, for example because it belongs to another user. Then its message is the reason. */
function withoutRepository({ messages, failed }: GitFailure): string {
  const none = messages.includes('not a git repository') || failed.includes('ENOENT')
  return none ? 'the workspace is not a git repository' : `git does not look at it: ${failed}`
}

/** The tree that a snapshot was taken of, made again from its contents; `undefined` when git does not have it. */
export async function readSnapshot(
  workspace: Workspace,
  snapshot: string,
): Promise<Tree | undefined> {
  const entries = await listTree(workspace, snapshot)
  if (!entries) return undefined
  const files: Record<string, string> = {}
  await readBlobs(workspace, entries, ({ path, mode }, bytes) => {
    files[path] = mode === LINK ? hashOfLink(bytes) : sha256(bytes)
  })
  return treeOf(files)
}
