import path from 'node:path'
import * as z from 'zod'
import { rewriteNote } from './files.ts'
import { readBytes } from './read-file.ts'
import { isSource, listEntries } from './git-objects.ts'
import { git, runGit, type GitFailure } from './git.ts'
import { parseJson } from '../plan/parse-json.ts'
import { isReferenceTo } from './loose-reference.ts'
import { objectStoreOf } from './object-store.ts'
import { verifiedText, withSeal } from './secret.ts'
import { commitId } from './snapshot-commit.ts'
import { folderNode, type FolderNode } from './snapshot-tree.ts'
import type { State } from './state.ts'
import { changedPaths, type Tree } from './tree.ts'
import { loadTree } from './saved-trees.ts'
import type { Workspace } from './workspace.ts'

/** The snapshot or commit that a new snapshot is stored as a difference to. */
export interface Base {
  /** Git's id of its tree; empty for nothing at all. */
  snapshot: string
  /** Its folders; absent if they are not known. */
  folder?: FolderNode | undefined
  /** Which of the wanted files are not as in the base, or not in it at all. */
  differs: string[]
}

/** A snapshot that was stored. */
export interface Last {
  tree: Tree
  snapshot: string
  folder?: FolderNode | undefined
  /** What keeps it in git; absent for one that was prepared. */
  reference?: string | undefined
  /** When it was prepared, in milliseconds. */
  preparedAt?: number
}

/** The latest snapshot of this process by state folder, which saves reading a long list from disk. */
const LAST = new Map<string, Last>()

/** Does this process know the base of the next snapshot? */
export function isBaseKnown(state: State): boolean {
  return LAST.has(state.local)
}

/** Remembers a snapshot as the base of the next one, in this process only. */
export function rememberBase(state: State, last: Last): void {
  LAST.set(state.local, last)
  if (!last.folder) return
  FOLDERS.delete(last.snapshot)
  FOLDERS.set(last.snapshot, last.folder)
  const [oldest] = FOLDERS.keys()
  if (FOLDERS.size > MAX_FOLDERS && oldest !== undefined) FOLDERS.delete(oldest)
}

/** The folders of a snapshot that this process has stored. */
export function knownFolder(snapshot: string): FolderNode | undefined {
  return FOLDERS.get(snapshot)
}

/** By git's id. They share most of their parts. */
const FOLDERS = new Map<string, FolderNode>()
const MAX_FOLDERS = 100

export function forgetBase(state: State): void {
  LAST.delete(state.local)
}

/** Remembers a snapshot also for the next process. */
export function noteBase(state: State, last: Last): void {
  rememberBase(state, last)
  const { tree, snapshot, reference } = last
  const text = JSON.stringify({ tree: tree.hash, snapshot, reference })
  // The seal also shows that no other process was writing it when it is read: a tree of one snapshot must not be taken for that of another.
  rewriteNote(noteFile(state), withSeal(state, SEAL_CONTEXT, text))
}

/** What the snapshot of a tree is stored as a difference to. */
export async function baseOf(
  workspace: Workspace,
  state: State,
  tree: Tree,
): Promise<Base | GitFailure> {
  const known = LAST.get(state.local) ?? lastSnapshot(state)
  if (!known || !(await isKept(workspace, known))) return headBase(workspace, tree)
  const { snapshot, folder = await folderOf(workspace, snapshot) } = known
  return { snapshot, folder, differs: changedPaths(known.tree, tree) }
}

/** Reads the base of the next snapshot ahead, if an earlier process has noted one. */
export async function readBase(workspace: Workspace, state: State): Promise<void> {
  if (isBaseKnown(state)) return
  const last = lastSnapshot(state)
  if (!last || !(await isKept(workspace, last))) return
  rememberBase(state, { ...last, folder: await folderOf(workspace, last.snapshot) })
}

/**
 * Does git still keep the snapshot? It removes what no reference needs, perhaps some of its parts only, and a snapshot that is built on it
 * would be broken, which breaks the user's `git gc` as well.
 */
async function isKept(
  workspace: Workspace,
  { snapshot, reference, preparedAt = 0 }: Last,
): Promise<boolean> {
  if (reference === undefined) return Date.now() - preparedAt < PREPARED_MS
  const store = await objectStoreOf(workspace)
  if (store && isReferenceTo(store.common, reference, commitId(snapshot))) return true
  const named = await git(workspace, ['rev-parse', '--verify', '--quiet', `${reference}^{tree}`])
  return named?.trim() === snapshot
}

/** Git keeps what nothing refers to for two weeks, unless somebody asks for less. */
const PREPARED_MS = 600_000

/** The folders of a snapshot, if the next one can be written without git. */
async function folderOf(workspace: Workspace, snapshot: string): Promise<FolderNode | undefined> {
  if (!(await objectStoreOf(workspace))) return undefined
  const entries = await listEntries(workspace, snapshot)
  return entries && folderNode(entries, snapshot)
}

/** The first snapshot of a clone is a difference to the checked-out commit. */
async function headBase(workspace: Workspace, tree: Tree): Promise<Base | GitFailure> {
  const head = await git(workspace, ['rev-parse', '--verify', '--quiet', 'HEAD:./'])
  const snapshot = head?.trim() ?? ''
  const all = snapshot === '' ? undefined : await listEntries(workspace, snapshot)
  if (all) {
    const kept = new Map(all.filter(isSource).map(({ path, object }) => [path, object]))
    const paths = new Set([...kept.keys(), ...Object.keys(tree.files)])
    const differs = [...paths].filter(
      file => kept.get(file) !== tree.blobs?.[file] || tree.files[file] === undefined,
    )
    return { snapshot, folder: folderNode(all, snapshot), differs }
  }
  const repository = await runGit(workspace, ['rev-parse', '--git-dir'])
  if ('failed' in repository) return repository
  return { snapshot: '', differs: Object.keys(tree.files) }
}

const note = z.object({ tree: z.string(), snapshot: z.string(), reference: z.string() })

function lastSnapshot(state: State): Last | undefined {
  const record = readBytes(noteFile(state))?.toString('utf8')
  const text = record === undefined ? undefined : verifiedText(state, SEAL_CONTEXT, record)
  const last = text === undefined ? undefined : note.safeParse(parseJson(text)).data
  const tree = last && loadTree(state, last.tree)
  return tree && { tree, snapshot: last.snapshot, reference: last.reference }
}

const SEAL_CONTEXT = 'snapshot'

function noteFile(state: State): string {
  return path.join(state.local, 'snapshot.json')
}
