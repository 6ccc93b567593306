import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { sha256 } from '../../evidence/chain.ts'
import { openTemporary } from '../../runner/temporary.ts'
import { lendFolders } from './lent-folders.ts'
import { readBytes } from '../files.ts'
import { git } from '../git.ts'
import { listTree, readBlobs, type TreeEntry } from '../git-objects.ts'
import { changedPaths, hashOfLink, treeOf, type Tree } from '../tree.ts'
import type { Workspace } from '../workspace.ts'

/** A tree checked out aside, with the workspace's dependencies lent to it. Nothing that runs there changes the workspace. */
export interface Scratch {
  root: string
  /** What was checked out, with what was laid over it. */
  tree: Tree
  /** Were installed dependencies lent? */
  lent: boolean
  close(): Promise<void>
}

/** Is a file taken from the workspace, and if not as it is, what becomes of its two texts? */
export type Layer = boolean | ((then: string, now: string) => string)

/** What is checked out: a snapshot, with some files as they are in the workspace now. */
export interface Checkout {
  snapshot: string
  /** Hash of the tree that the snapshot has to be of. */
  tree: string
  /** What is taken from the workspace, of all files that differ; nothing where nothing is said. */
  overlay?: (file: string) => Layer
  /** The workspace as it is now; needed for an overlay. */
  now?: Tree
  /** May the workspace's installed dependencies be used with this tree? They are where nothing is said. */
  lend?: (tree: Tree) => boolean
}

/** Checks a snapshot out into a folder of its own; `undefined` when git does not have it, or it is not what was recorded. */
export async function openScratch(
  workspace: Workspace,
  checkout: Checkout,
): Promise<Scratch | undefined> {
  const entries = await listTree(workspace, checkout.snapshot)
  if (!entries) return undefined
  const folder = await openTemporary('scratch')
  const close = () => rm(folder, { recursive: true, force: true, maxRetries: 3 })
  try {
    const root = path.join(folder, await placeInRepository(workspace))
    mkdirSync(root, { recursive: true })
    const kept = await writeTree(workspace, entries, root)
    if (kept.hash !== checkout.tree) {
      await close()
      return undefined
    }
    const tree = layOver(workspace, root, kept, checkout)
    const lent = (checkout.lend?.(tree) ?? true) && (await lendFolders(workspace, { folder, root }))
    return { root, tree, lent, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Writes what two versions of a text make together, and returns its hash; `undefined` where that is none. */
function blendOver(
  from: string,
  to: string,
  blend: (then: string, now: string) => string,
): string | undefined {
  const [then, now] = [to, from].map(file => readBytes(file)?.toString('utf8') ?? '')
  const bytes = Buffer.from(blend(then ?? '', now ?? ''))
  if (bytes.length === 0) return undefined
  putFile(to, bytes)
  return sha256(bytes)
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

function link(target: string, place: string): void {
  mkdirSync(path.dirname(place), { recursive: true })
  symlinkSync(target, place)
}

/** Copies a file or a link as it is and returns its hash; `undefined` when it is not there any more. */
function copyOver(from: string, to: string): string | undefined {
  const stat = lstatSync(from, { throwIfNoEntry: false })
  if (stat?.isSymbolicLink()) {
    const target = readlinkSync(from)
    link(target, to)
    return hashOfLink(Buffer.from(target))
  }
  const bytes = stat && readBytes(from)
  if (!stat || !bytes) return undefined
  putFile(to, bytes)
  chmodSync(to, stat.mode & 0o777)
  return sha256(bytes)
}

function putFile(place: string, bytes: Buffer): void {
  mkdirSync(path.dirname(place), { recursive: true })
  writeFileSync(place, bytes)
}

/** The place of a file of the tree; git itself refuses names that lead out, and so do we. */
function inside(root: string, file: string): string {
  const place = path.join(root, file)
  if (place.startsWith(root + path.sep)) return place
  throw new Error(`A kept tree names ${file}, which lies outside of it.`)
}

function layOver(workspace: Workspace, root: string, kept: Tree, checkout: Checkout): Tree {
  const { overlay, now } = checkout
  if (!overlay || !now) return kept
  const files = { ...kept.files }
  for (const file of changedPaths(kept, now)) {
    const layer = overlay(file)
    if (layer === false) continue
    const place = inside(root, file)
    if (layer !== true) {
      const hash = blendOver(path.join(workspace.root, file), place, layer)
      if (hash !== undefined) files[file] = hash
      continue
    }
    rmSync(place, { force: true })
    delete files[file]
    const hash = copyOver(path.join(workspace.root, file), place)
    if (hash !== undefined) files[file] = hash
  }
  return treeOf(files)
}
