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
import { treeOf, type Tree } from '../tree.ts'
import { hashOfLink } from '../hashed-file.ts'
import type { Workspace } from '../workspace.ts'

/** A tree in a temporary checkout, with links to the workspace's dependencies. Nothing that runs there changes the workspace. */
export interface TemporaryCheckout {
  root: string
  /** The files of the checkout, including the overlay. */
  tree: Tree
  /** Whether installed dependencies are linked. */
  linked: boolean
  /** Files that git ignores and tests may need, but that the checkout does not have. */
  leftOut: string[]
  close(): Promise<void>
}

/** What to check out: a snapshot, with some files from the current workspace. */
export interface CheckoutRequest {
  snapshot: string
  /** Expected hash of the tree. */
  tree: string
  /** Which of the files that differ are taken from the workspace; default: none. */
  overlay?: (file: string) => Layer
  /** The current tree of the workspace; required for an overlay. */
  now?: Tree
  /** Whether this tree may use the workspace's installed dependencies; default: yes. */
  linkAllowed?: (tree: Tree) => boolean
}

/** Checks a snapshot out into a temporary folder; `undefined` if git does not have it or its hash is wrong. */
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
    const mayLink = checkout.linkAllowed?.(tree) ?? true
    const { linked, leftOut } = mayLink
      ? await linkDependencies(workspace, { folder, root })
      : { linked: false, leftOut: [] }
    return { root, tree, linked, leftOut, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** A workspace below the root of its repository has the same depth in the checkout, so that files above it are found. */
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
