import { hashOf, sha256 } from '../evidence/chain.ts'
import { TurnCache } from './turn-cache.ts'
import { listSources } from './source-list.ts'
import type { Workspace } from './workspace.ts'
import { hashedFile, type HashedFile } from './hashed-file.ts'

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
  const shared = turnCache.get(workspace)
  return shared ? shared.value : turnCache.set(workspace, await newTree(workspace))
}

const turnCache = new TurnCache<Tree>()

async function newTree(workspace: Workspace): Promise<Tree> {
  const known = CACHES.get(workspace.root)
  const seen = new Map<string, HashedFile>()
  for (const file of (await listSources(workspace)).paths) {
    const entry = hashedFile(workspace.root, file, known?.get(file))
    if (entry) seen.set(file, entry)
  }
  CACHES.set(workspace.root, seen)
  return new SeenTree(seen)
}

/** A tree as it was just seen. With many files every list of them takes its time, so they are made when they are asked for. */
class SeenTree implements Tree {
  readonly hash: string
  readonly files: Record<string, string>
  readonly #seen: ReadonlyMap<string, HashedFile>
  #stamps: Record<string, string> | undefined
  #blobs: Record<string, string> | undefined

  constructor(seen: ReadonlyMap<string, HashedFile>) {
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

/** What this process has hashed. On disk, others could change it. */
const CACHES = new Map<string, ReadonlyMap<string, HashedFile>>()
