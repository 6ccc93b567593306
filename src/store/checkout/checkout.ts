import { chmodSync, mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { sha256 } from '../../evidence/chain.ts'
import { createTemporaryFolder } from '../../runner/temporary-folder.ts'
import { linkDependencies } from './linked-dependencies.ts'
import { applyOverlay, type Layer } from './overlay.ts'
import { inside, link, putFile } from './files.ts'
import { git } from '../git.ts'
import { listTree, readBlobs, type TreeEntry } from '../git-objects.ts'
import { hashOfLink, treeOf, type Tree } from '../tree.ts'
import type { Workspace } from '../workspace.ts'

/** A tree checked out aside, with the workspace's dependencies lent to it. Nothing that runs there changes the workspace. */
export interface TemporaryCheckout {
  root: string
  /** What was checked out, with what was laid over it. */
  tree: Tree
  /** Were installed dependencies lent? */
  linked: boolean
  close(): Promise<void>
}

/** What is checked out: a snapshot, with some files as they are in the workspace now. */
export interface CheckoutRequest {
  snapshot: string
  /** Hash of the tree that the snapshot has to be of. */
  tree: string
  /** What is taken from the workspace, of all files that differ; nothing where nothing is said. */
  overlay?: (file: string) => Layer
  /** The workspace as it is now; needed for an overlay. */
  now?: Tree
  /** May the workspace's installed dependencies be used with this tree? They are where nothing is said. */
  linkAllowed?: (tree: Tree) => boolean
}

/** Checks a snapshot out into a folder of its own; `undefined` when git does not have it, or it is not what was recorded. */
export async function openCheckout(
  workspace: Workspace,
  checkout: CheckoutRequest,
): Promise<TemporaryCheckout | undefined> {
  const entries = await listTree(workspace, checkout.snapshot)
  if (!entries) return undefined
  const { path: folder } = createTemporaryFolder('checkout')
  const close = () => rm(folder, { recursive: true, force: true, maxRetries: 3 })
  try {
    const root = path.join(folder, await placeInRepository(workspace))
    mkdirSync(root, { recursive: true })
    const kept = await writeTree(workspace, entries, root)
    if (kept.hash !== checkout.tree) {
      await close()
      return undefined
    }
    const { overlay, now } = checkout
    const tree =
      overlay && now
        ? applyOverlay(root, kept, { from: workspace.root, now, layerOf: overlay })
        : kept
    const linked =
      (checkout.linkAllowed?.(tree) ?? true) &&
      (await linkDependencies(workspace, { folder, root }))
    return { root, tree, linked, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** A workspace that is a folder of a repository lies as deep in the scratch, so that what it finds above itself is there. */
async function placeInRepository(workspace: Workspace): Promise<string> {
  const prefix = (await git(workspace, ['rev-parse', '--show-prefix']))?.trim() ?? ''
  return path.join(REPOSITORY, ...prefix.split('/'))
}

const REPOSITORY = 'work'

async function writeTree(
  workspace: Workspace,
  entries: readonly TreeEntry[],
  root: string,
): Promise<Tree> {
  const files: Record<string, string> = {}
  await readBlobs(workspace, entries, ({ path: file, mode }, bytes) => {
    const place = inside(root, file)
    files[file] = mode === '120000' ? hashOfLink(bytes) : sha256(bytes)
    if (mode === '120000') link(bytes.toString('utf8'), place)
    else putFile(place, bytes)
    if (mode === '100755') chmodSync(place, 0o755)
  })
  return treeOf(files)
}
