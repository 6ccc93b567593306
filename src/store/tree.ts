import { createHash } from 'node:crypto'
import { readlinkSync, type Stats } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { hashOf, sha256 } from '../evidence/chain.ts'
import {
  fileStatus,
  MAX_BYTES,
  namesIn,
  readBytes,
  removeFile,
  writeFile,
  writeUnsynced,
  linkStatOf,
} from './files.ts'
import { parseJson } from '../plan/parse-json.ts'
import { SharedLooks } from './shared-look.ts'
import { listSources } from './source-list.ts'
import type { State } from './state.ts'
import type { Workspace } from './workspace.ts'

/** The source files of the workspace at one moment: sha256 by relative path. */
export interface Tree {
  hash: string
  files: Record<string, string>
  /** Size, times and inode by path. A file that was replaced and restored has the same hash but another stamp. */
  stamps?: Record<string, string>
  /** Git's id of each file's bytes, without git's filters. */
  blobs?: Record<string, string>
}

/** Files that changed from one tree to another, sorted. */
export function changedPaths(from: Tree, to: Tree): string[] {
  const there = Object.keys(to.files).filter(file => from.files[file] !== to.files[file])
  const gone = Object.keys(from.files).filter(file => !Object.hasOwn(to.files, file))
  return [...there, ...gone].sort()
}

/** Files that were written between two trees of the same process, even if their content is the same; sorted. */
export function writtenPaths(from: Tree, to: Tree): string[] {
  const rewritten = Object.keys(to.files).filter(
    file => from.files[file] !== undefined && from.stamps?.[file] !== to.stamps?.[file],
  )
  return [...new Set([...changedPaths(from, to), ...rewritten])].sort()
}

/** Looks at the workspace as it is now: tracked and untracked files that git does not ignore, without our own. */
export async function takeTree(workspace: Workspace): Promise<Tree> {
  const shared = LOOKS.get(workspace)
  return shared ? shared.value : LOOKS.set(workspace, await newTree(workspace))
}

const LOOKS = new SharedLooks<Tree>()

async function newTree(workspace: Workspace): Promise<Tree> {
  const known = CACHES.get(workspace.root)
  const seen = new Map<string, CacheEntry>()
  for (const file of (await listSources(workspace)).paths) {
    const entry = look(workspace.root, file, known?.get(file))
    if (entry) seen.set(file, entry)
  }
  CACHES.set(workspace.root, seen)
  return new SeenTree(seen)
}

/** A tree as it was just seen. With many files every list of them takes its time, so they are made when they are asked for. */
class SeenTree implements Tree {
  readonly hash: string
  readonly files: Record<string, string>
  readonly #seen: ReadonlyMap<string, CacheEntry>
  #stamps: Record<string, string> | undefined
  #blobs: Record<string, string> | undefined

  constructor(seen: ReadonlyMap<string, CacheEntry>) {
    this.#seen = seen
    this.files = this.#listed('sha256')
    // The canonical JSON of `files`, whose parts are known and already in its order.
    this.hash = sha256(`{${[...seen.values()].map(({ line }) => line).join(',')}}`)
  }

  get stamps(): Record<string, string> {
    this.#stamps ??= this.#listed('key')
    return this.#stamps
  }

  get blobs(): Record<string, string> {
    this.#blobs ??= this.#listed('blob')
    return this.#blobs
  }

  #listed(what: 'sha256' | 'key' | 'blob'): Record<string, string> {
    return Object.fromEntries([...this.#seen].map(([file, entry]) => [file, entry[what]]))
  }
}

/** A tree from known hashes. */
export function treeOf(files: Record<string, string>): Tree {
  return { hash: hashOf(files), files }
}

/** Saves a tree in this clone for later comparisons. If git has a snapshot of it, a power failure may take the file. */
export function saveTree(state: State, tree: Tree, { inGit = false } = {}): void {
  const file = treeFile(state, tree.hash)
  const text = JSON.stringify(tree.files)
  // A damaged file of that name is replaced.
  if (readBytes(file)?.equals(Buffer.from(text))) return
  if (inGit) writeUnsynced(file, text)
  else writeFile(file, text)
}

/** A saved tree; `undefined` if this clone does not have it or it was changed. */
export function loadTree(state: State, hash: string): Tree | undefined {
  const file = treeFile(state, hash)
  const bytes = readBytes(file)
  if (!bytes) return undefined
  const known = LOADED.get(file)
  if (known?.bytes.equals(bytes)) return known.tree
  const files = z.record(z.string(), z.string()).safeParse(parseJson(bytes.toString('utf8')))
  if (!files.success || hashOf(files.data) !== hash) return undefined
  const tree = { hash, files: files.data }
  LOADED.delete(file)
  LOADED.set(file, { bytes, tree })
  const [oldest] = LOADED.keys()
  if (LOADED.size > MOST_LOADED && oldest !== undefined) LOADED.delete(oldest)
  return tree
}

/** The trees that were checked last. To read one of many files takes less time than to check it. */
const LOADED = new Map<string, { bytes: Buffer; tree: Tree }>()

/** Those of a start and of a GREEN, of the last finished task, and of the feature's start. */
const MOST_LOADED = 4

/** Forgets kept trees that are none of the needed ones, nor a day young; only once there are many. */
export function pruneTrees(state: State, needed: () => ReadonlySet<string>): void {
  const folder = path.join(state.local, 'trees')
  const names = namesIn(folder)
  if (names.length <= MANY) return
  const kept = needed()
  for (const name of names) {
    if (!TREE_NAME.test(name)) continue
    const file = path.join(folder, name)
    const age = Date.now() - (fileStatus(file)?.changed ?? Date.now())
    if (!kept.has(name.replace('.json', '')) && age > DAY_MS) removeFile(file)
  }
}

const TREE_NAME = /^[0-9a-f]{64}\.json$/

const MANY = 200
const DAY_MS = 86_400_000

function treeFile(state: State, hash: string): string {
  return path.join(state.local, 'trees', `${hash}.json`)
}

interface CacheEntry {
  key: string
  sha256: string
  blob: string
  /** Its part of the canonical JSON of a tree. */
  line: string
  trusted: boolean
}

/** What this process has hashed. On disk, others could change it. */
const CACHES = new Map<string, ReadonlyMap<string, CacheEntry>>()

/** In milliseconds. If a file changed so shortly before it was read, its times may not show the next change. */
const RACY_MS = 100

/** Hash of the content of a path; from the cache if size, times and inode are unchanged. */
function look(root: string, file: string, known: CacheEntry | undefined): CacheEntry | undefined {
  const absolute = `${root}${path.sep}${file}`
  const stat = linkStatOf(absolute)
  if (!stat || !(stat.isFile() || stat.isSymbolicLink())) return undefined
  const key = keyOf(stat)
  if (known?.trusted && known.key === key) return known
  const bytes = stat.isSymbolicLink()
    ? Buffer.from(readlinkSync(absolute))
    : readBytes(absolute, MAX_BYTES)
  if (bytes === undefined) return undefined
  const hash = stat.isSymbolicLink() ? hashOfLink(bytes) : sha256(bytes)
  const trusted = Date.now() - stat.ctimeMs > RACY_MS
  const line = `${JSON.stringify(file)}:"${hash}"`
  return { key, sha256: hash, blob: blobName(bytes), line, trusted }
}

/** A link is hashed by its target path, not by the target's content. */
export function hashOfLink(target: Buffer): string {
  return hashOf(target.toString('utf8'))
}

function blobName(bytes: Buffer): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}

/** Times to a quarter of a microsecond, which is finer than file systems count. Exact ones cost twice as much to ask for. */
function keyOf({ size, mtimeMs, ctimeMs, ino }: Stats): string {
  return `${size} ${mtimeMs} ${ctimeMs} ${ino}`
}

/** `undefined` for a file that no longer exists. */
export function hashOfFile(absolute: string): string | undefined {
  const bytes = readBytes(absolute, MAX_BYTES)
  return bytes && sha256(bytes)
}
