import { lstatSync, readlinkSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { sha256 } from '../evidence/chain.ts'
import { fileStatus, MAX_BYTES, nonce, readBytes, removeFile, writeUnsynced } from './files.ts'
import { gitFolderOf } from './git-folder.ts'
import { runGit, git, type GitFailure } from './git.ts'
import { parseJson } from './json.ts'
import { listTree, readBlobs } from './git-objects.ts'
import { REFERENCES, snapshotReference, type SnapshotPurpose } from './snapshot-references.ts'
import type { State } from './state.ts'
import { changedPaths, hashOfLink, saveTree, loadTree, treeOf, type Tree } from './tree.ts'
import type { Workspace } from './workspace.ts'

/** A tree that git stores with all its contents: its git id, or why there is none. */
export type Snapshot = { snapshot: string } | { missing: string }

/** Files changed while they were read, so a snapshot would show a state that never existed. */
export class FilesChanged extends Error {
  override name = 'FilesChanged'
}

/**
 * Keeps a tree in git's own store, under a reference of ours. What is fed in is the difference to the snapshot before it,
 * so that a second one costs what has changed. Index, branches, stash, hooks and filters are not touched: bytes are kept
 * as they are. `root` is where the tree's files lie, when that is not the workspace.
 */
export async function storeTreeInGit(
  place: { workspace: Workspace; state: State },
  tree: Tree,
  purpose: SnapshotPurpose,
  root = place.workspace.root,
): Promise<Snapshot> {
  const { workspace, state } = place
  const known = LAST.get(state.local)
  const base = known ? differenceTo(known, tree) : await baseOf(workspace, state, tree)
  if ('failed' in base) return { missing: withoutRepository(base) }
  const answer = await runGit(workspace, IMPORT, stream(base, tree, purpose, root))
  if ('failed' in answer) {
    const missing = snapshotError(workspace, answer)
    if (!known) return missing
    // Git may have lost the snapshot that this process stored last.
    LAST.delete(state.local)
    return storeTreeInGit(place, tree, purpose, root)
  }
  const snapshot = nameIn(answer.out)
  saveTree(state, tree)
  noteLast(state, { tree, snapshot })
  return { snapshot }
}

/**
 * Stores the large part of a snapshot in git without a reference, so that storing the snapshot later is fast. That later call reports
 * errors.
 */
export async function prepareSnapshot(
  { workspace, state }: { workspace: Workspace; state: State },
  tree: Tree,
  root = workspace.root,
): Promise<void> {
  if (!gitFolderOf(workspace.root)) return
  const known = LAST.get(state.local)
  const base = known ? differenceTo(known, tree) : await baseOf(workspace, state, tree)
  if ('failed' in base || (known && isQuick(base, root))) return
  const answer = await runGit(workspace, IMPORT, stream(base, tree, undefined, root))
  if ('failed' in answer) return void snapshotError(workspace, { ...answer, cause: undefined })
  LAST.set(state.local, { tree, snapshot: nameIn(answer.out) })
}

/** So little that git has it in its store at once. */
function isQuick({ differs }: Base, root: string): boolean {
  if (differs.length > 50) return false
  const sizes = differs.map(file => fileStatus(path.join(root, file))?.size ?? 0)
  return sizes.reduce((sum, size) => sum + size, 0) < 1024 * 1024
}

/** Git may also refuse to look, at a repository of another user for example: then it says why. */
function withoutRepository({ messages, failed }: GitFailure): string {
  const none = messages.includes('not a git repository') || failed.includes('ENOENT')
  return none ? 'the workspace is no git repository' : `git does not look at it: ${failed}`
}

/** Git writes a report of its own failure beside its store; that is ours to take away. */
function snapshotError(workspace: Workspace, answer: GitFailure): Snapshot {
  const [, report] =
    /dumping crash report to (.+fast_import_crash_\d+)$/m.exec(answer.messages) ?? []
  if (report !== undefined) removeFile(path.resolve(workspace.root, report))
  if (answer.cause !== undefined) throw answer.cause
  return { missing: `git keeps no snapshot here: ${answer.failed}` }
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

const LINK = '120000'
const IMPORT = ['fast-import', '--quiet', '--force']

/** The base that a snapshot is a difference to. */
interface Base {
  /** Git's name of a tree; empty for nothing at all. */
  snapshot: string
  /** Which of the wanted files are not as in the base, or not in it at all. */
  differs: string[]
}

async function baseOf(workspace: Workspace, state: State, tree: Tree): Promise<Base | GitFailure> {
  const last = lastSnapshot(state)
  const isThere =
    last && (await git(workspace, ['cat-file', '-e', `${last.snapshot}^{tree}`])) === ''
  return isThere ? differenceTo(last, tree) : headBase(workspace, tree)
}

function differenceTo({ tree, snapshot }: Last, now: Tree): Base {
  return { snapshot, differs: changedPaths(tree, now) }
}

interface Last {
  tree: Tree
  snapshot: string
}

/** The latest snapshot of this process by state folder, which saves reading a long list from disk. */
const LAST = new Map<string, Last>()

/** The first snapshot of a clone is a difference to the checked-out commit. */
async function headBase(workspace: Workspace, tree: Tree): Promise<Base | GitFailure> {
  const head = await git(workspace, ['rev-parse', '--verify', '--quiet', 'HEAD:./'])
  const entries = head === undefined ? undefined : await listTree(workspace, head.trim())
  if (head !== undefined && entries) {
    const kept = new Map(entries.map(({ path, object }) => [path, object]))
    const paths = new Set([...kept.keys(), ...Object.keys(tree.files)])
    const differs = [...paths].filter(
      file => kept.get(file) !== tree.blobs?.[file] || tree.files[file] === undefined,
    )
    return { snapshot: head.trim(), differs }
  }
  const repository = await runGit(workspace, ['rev-parse', '--git-dir'])
  return 'failed' in repository ? repository : { snapshot: '', differs: Object.keys(tree.files) }
}

/** What git calls the tree that it has listed. */
function nameIn(listed: Buffer): string {
  return listed.toString('utf8').split(/[ \t]/)[2] ?? ''
}

/** The same files always make the same commit. Without a purpose it has no reference. */
async function* stream(
  base: Base,
  tree: Tree,
  purpose: SnapshotPurpose | undefined,
  root: string,
): AsyncGenerator<string | Uint8Array> {
  const reference = purpose ? snapshotReference(purpose, tree) : `${REFERENCES}-draft/${nonce()}`
  yield `feature done\ncommit ${reference}\nmark :1\n`
  yield 'committer redgreen <redgreen@localhost> 0 +0000\ndata 0\n'
  yield base.snapshot === '' ? 'deleteall\n' : `M 040000 ${base.snapshot} ""\n`
  for (const file of base.differs) {
    if (tree.files[file] === undefined) yield `D ${quoted(file)}\n`
    else yield* content(path.join(root, file), file, tree.files[file])
  }
  yield '\nls :1 ""\n'
  if (!purpose) yield `reset ${reference}\nfrom ${'0'.repeat(40)}\n\n`
  yield 'done\n'
}

function* content(place: string, file: string, hash: string): Generator<string | Uint8Array> {
  const stat = lstatSync(place, { throwIfNoEntry: false })
  const isLink = stat?.isSymbolicLink() === true
  const bytes = isLink ? Buffer.from(readlinkSync(place)) : readBytes(place, MAX_BYTES)
  if (!stat || !bytes || (isLink ? hashOfLink(bytes) : sha256(bytes)) !== hash)
    throw new FilesChanged(`${file} changed while it was kept.`)
  const mode = isLink ? LINK : stat.mode & 0o111 ? '100755' : '100644'
  yield `M ${mode} inline ${quoted(file)}\ndata ${bytes.length}\n`
  yield bytes
  yield '\n'
}

function quoted(file: string): string {
  const escaped = file.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
  return `"${escaped}"`
}

const note = z.object({ tree: z.string(), snapshot: z.string() })

function lastSnapshot(state: State): Last | undefined {
  const bytes = readBytes(lastFile(state))
  const last = bytes && note.safeParse(parseJson(bytes.toString('utf8'))).data
  const tree = last && loadTree(state, last.tree)
  return tree && { tree, snapshot: last.snapshot }
}

function noteLast(state: State, last: Last): void {
  LAST.set(state.local, last)
  writeUnsynced(lastFile(state), `${JSON.stringify({ ...last, tree: last.tree.hash })}\n`)
}

function lastFile(state: State): string {
  return path.join(state.local, 'snapshot.json')
}
