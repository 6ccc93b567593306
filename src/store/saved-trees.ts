import path from 'node:path'
import * as z from 'zod'
import { hashOf } from '../evidence/chain.ts'
import { removeFile, writeFile, writeUnsynced } from './files.ts'
import { fileStatus, namesIn, readBytes } from './read-file.ts'
import { parseJson } from '../plan/parse-json.ts'
import type { State } from './state.ts'
import type { Tree } from './tree.ts'

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
  if (LOADED.size > CACHE_SIZE && oldest !== undefined) LOADED.delete(oldest)
  return tree
}

/** The trees that were checked last. To read one of many files takes less time than to check it. */
const LOADED = new Map<string, { bytes: Buffer; tree: Tree }>()

/** Those of a start and of a GREEN, of the last finished task, and of the feature's start. */
const CACHE_SIZE = 4

/** Forgets kept trees that are none of the needed ones, nor a day young; only once there are many. */
export function pruneTrees(state: State, needed: () => ReadonlySet<string>): void {
  const folder = path.join(state.local, 'trees')
  const names = namesIn(folder)
  if (names.length <= MAX_KEPT) return
  const kept = needed()
  for (const name of names) {
    if (!TREE_NAME.test(name)) continue
    const file = path.join(folder, name)
    const age = Date.now() - (fileStatus(file)?.changed ?? Date.now())
    if (!kept.has(name.replace('.json', '')) && age > DAY_MS) removeFile(file)
  }
}

const TREE_NAME = /^[0-9a-f]{64}\.json$/

const MAX_KEPT = 200

const DAY_MS = 86_400_000

function treeFile(state: State, hash: string): string {
  return path.join(state.local, 'trees', `${hash}.json`)
}
