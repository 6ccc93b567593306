import { lstatSync, readdirSync, readlinkSync, type BigIntStats } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { hashOf, sha256 } from '../evidence/chain.ts'
import { ensureFile, readBytes, writeFile } from './files.ts'
import { git } from './git.ts'
import type { State } from './state.ts'
import { toSlashes, type Workspace } from './workspace.ts'

/** What every source file of the workspace was at one moment: sha256 by relative path. */
export interface Tree {
  hash: string
  files: Record<string, string>
}

/** Files that changed from one tree to another, sorted. */
export function changedPaths(from: Tree, to: Tree): string[] {
  const paths = new Set([...Object.keys(from.files), ...Object.keys(to.files)])
  return [...paths].filter(file => from.files[file] !== to.files[file]).sort()
}

/** Looks at the workspace as it is now: tracked and untracked files that git does not ignore, without our own. */
export async function takeTree(workspace: Workspace, state: State): Promise<Tree> {
  const paths = await sourcePaths(workspace)
  const known = readCache(state)
  const seen: Record<string, CacheEntry> = {}
  const files: Record<string, string> = {}
  for (const file of paths) {
    const entry = look(path.join(workspace.root, file), known[file])
    if (!entry) continue
    seen[file] = entry
    files[file] = entry.sha256
  }
  writeCache(state, known, seen)
  return { hash: hashOf(files), files }
}

/** Keeps a tree in this clone, so that later steps can compare with it. */
export function keepTree(state: State, tree: Tree): void {
  ensureFile(treeFile(state, tree.hash), JSON.stringify(tree.files))
}

/** A tree that was kept; `undefined` when this clone does not have it, or it was tampered with. */
export function recallTree(state: State, hash: string): Tree | undefined {
  const bytes = readBytes(treeFile(state, hash))
  if (!bytes) return undefined
  const files = z.record(z.string(), z.string()).safeParse(JSON.parse(bytes.toString('utf8')))
  return files.success && hashOf(files.data) === hash ? { hash, files: files.data } : undefined
}

function treeFile(state: State, hash: string): string {
  return path.join(state.local, 'trees', `${hash}.json`)
}

/** Folders that no project keeps its sources in; only asked where git does not say what to leave out. */
const LEFT_OUT = new Set(
  '.git node_modules .venv venv __pycache__ target dist build coverage .cache'.split(' '),
)

async function sourcePaths(workspace: Workspace): Promise<string[]> {
  const listed = await git(workspace, ['ls-files', '-z', '-co', '--exclude-standard'])
  const paths = listed === undefined ? walk(workspace.root, '') : listed.split('\0')
  return [...new Set(paths)].filter(file => file !== '' && !file.startsWith('.redgreen/')).sort()
}

function walk(root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const relative = toSlashes(path.join(folder, entry.name))
    if (!entry.isDirectory()) return [relative]
    return LEFT_OUT.has(entry.name) ? [] : walk(root, relative)
  })
}

const cacheEntry = z.object({ key: z.string(), sha256: z.string(), trusted: z.boolean() })
type CacheEntry = z.infer<typeof cacheEntry>

/** A file that was changed less than this before it was read may change again without its times telling. */
const RACY_MS = 100

/** Content of a path as a hash; taken from the cache when size, times and inode are those of then. */
function look(absolute: string, known: CacheEntry | undefined): CacheEntry | undefined {
  const stat = lstatSync(absolute, { bigint: true, throwIfNoEntry: false })
  if (!stat || !(stat.isFile() || stat.isSymbolicLink())) return undefined
  const key = keyOf(stat)
  if (known?.trusted && known.key === key) return known
  const sha256 = stat.isSymbolicLink() ? hashOf(readlinkSync(absolute)) : hashOfFile(absolute)
  if (sha256 === undefined) return undefined
  return { key, sha256, trusted: Date.now() - Number(stat.ctimeMs) > RACY_MS }
}

function keyOf(stat: BigIntStats): string {
  return [stat.size, stat.mtimeNs, stat.ctimeNs, stat.ino].join(' ')
}

/** `undefined` for a file that went away in the meantime. */
export function hashOfFile(absolute: string): string | undefined {
  const bytes = readBytes(absolute)
  return bytes && sha256(bytes)
}

function readCache(state: State): Record<string, CacheEntry> {
  const bytes = readBytes(path.join(state.local, 'stat-cache.json'))
  if (!bytes) return {}
  try {
    const cache = z.record(z.string(), cacheEntry).safeParse(JSON.parse(bytes.toString('utf8')))
    return cache.success ? cache.data : {}
  } catch {
    return {}
  }
}

function writeCache(
  state: State,
  known: Record<string, CacheEntry>,
  seen: Record<string, CacheEntry>,
): void {
  const text = JSON.stringify(seen)
  if (text !== JSON.stringify(known)) writeFile(path.join(state.local, 'stat-cache.json'), text)
}
