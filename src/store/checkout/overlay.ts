import { lstatSync, readlinkSync, rmSync, chmodSync } from 'node:fs'
import path from 'node:path'
import { sha256 } from '../../evidence/chain.ts'
import { readBytes } from '../files.ts'
import { changedPaths, hashOfLink, treeOf, type Tree } from '../tree.ts'
import { inside, link, putFile } from './files.ts'

/** Is a file taken from the workspace, and if not as it is, what becomes of its two texts? */
export type Layer = boolean | Merge

/** The text that two versions of it make together. */
type Merge = (then: string, now: string) => string

/** What is laid over a checkout. */
export interface Overlay {
  /** The workspace, absolute. */
  from: string
  now: Tree
  layerOf: (file: string) => Layer
}

/** Lays files of the workspace over a checkout of `kept` in `root`, and returns what is there then. */
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

/** What two versions of a file make together; `undefined` where one of them is no plain file. */
function mergeOf(merge: Merge, roots: readonly string[], file: string): string | undefined {
  const texts = roots.map(root => plainText(root, file))
  const [then, now] = texts
  return then === undefined || now === undefined ? undefined : merge(then, now)
}

/** The text of a file, empty where there is none; `undefined` for what is, or lies behind, a link or a folder. */
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

/** Removes a file of the checkout, and a link on the way to it, through which writing would lead out; returns their paths. */
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
