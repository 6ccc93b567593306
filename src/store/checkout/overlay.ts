import { lstatSync, readlinkSync, rmSync, chmodSync } from 'node:fs'
import path from 'node:path'
import { sha256 } from '../../evidence/chain.ts'
import { MAX_BYTES, readBytes } from '../read-file.ts'
import { changedPaths, treeOf, type Tree } from '../tree.ts'
import { hashOfLink } from '../hashed-file.ts'
import { inside, link, putFile } from './files.ts'

/** Whether a file is taken from the workspace, or how its two versions are merged. */
export type Layer = boolean | Merge

/** Merges two versions of a text. */
type Merge = (then: string, now: string) => string

/** The files that replace those of a checkout. */
export interface Overlay {
  /** Absolute path of the workspace. */
  from: string
  now: Tree
  layerOf: (file: string) => Layer
}

/** Copies files of the workspace into a checkout of `kept` in `root`. Returns the resulting tree. */
export function applyOverlay(root: string, kept: Tree, { from, now, layerOf }: Overlay): Tree {
  const files = { ...kept.files }
  for (const file of changedPaths(kept, now)) {
    const layer = layerOf(file)
    if (layer === false) continue
    const place = inside(root, file)
    const source = path.join(from, file)
    const merged = layer === true ? undefined : mergeOf(layer, [root, from], file)
    const wasThere = kept.files[file] !== undefined
    for (const gone of clearWay(root, file)) delete files[gone]
    if (merged === '' && !wasThere) continue
    const hash = merged === undefined ? copyOver(source, place) : write(merged, place)
    if (hash !== undefined) files[file] = hash
  }
  return treeOf(files)
}

/** Merges two versions of a file; `undefined` if one of them is not a regular file. */
function mergeOf(merge: Merge, roots: readonly string[], file: string): string | undefined {
  const texts = roots.map(root => plainText(root, file))
  const [then, now] = texts
  return then === undefined || now === undefined ? undefined : merge(then, now)
}

/** The text of a file, empty if it does not exist; `undefined` for a link, a folder, or a path through a link. */
function plainText(root: string, file: string): string | undefined {
  const parts = file.split('/')
  for (const [at] of parts.entries()) {
    const place = path.join(root, ...parts.slice(0, at + 1))
    const stat = lstatSync(place, { throwIfNoEntry: false })
    if (!stat) return ''
    const isLast = at === parts.length - 1
    if (isLast ? !stat.isFile() : !stat.isDirectory()) return undefined
  }
  return readBytes(path.join(root, file))?.toString('utf8') ?? ''
}

/** Removes a file of the checkout, and any link on its path that would lead out. Returns the removed paths. */
function clearWay(root: string, file: string): string[] {
  const parts = file.split('/')
  for (const [at] of parts.entries()) {
    const part = parts.slice(0, at + 1).join('/')
    const isLast = at === parts.length - 1
    const stat = lstatSync(path.join(root, part), { throwIfNoEntry: false })
    if (!isLast && !stat?.isSymbolicLink()) continue
    rmSync(path.join(root, part), { force: true, recursive: isLast })
    return [part, file]
  }
  return [file]
}

/** Writes a text and returns its hash. */
function write(text: string, place: string): string {
  const bytes = Buffer.from(text)
  putFile(place, bytes)
  return sha256(bytes)
}

/** Copies a file or link unchanged and returns its hash; `undefined` if it no longer exists. */
function copyOver(from: string, to: string): string | undefined {
  const stat = lstatSync(from, { throwIfNoEntry: false })
  if (stat?.isSymbolicLink()) {
    const target = readlinkSync(from)
    link(target, to)
    return hashOfLink(Buffer.from(target))
  }
  const bytes = stat && readBytes(from, MAX_BYTES)
  if (!stat || !bytes) return undefined
  putFile(to, bytes)
  chmodSync(to, stat.mode & 0o777)
  return sha256(bytes)
}
