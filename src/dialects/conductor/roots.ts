import { Unreadable, type Shelf } from '../dialect.ts'
import { linkedIn } from './index-links.ts'
import { folderOf, nameOf } from './paths.ts'

/** Every conductor folder of the workspace: at its root, and in the projects below it. */
export function rootsOf(shelf: Shelf): string[] {
  const usual = rootsIn(shelf, '')
  // With one at the root only the places where projects are kept are worth a look; looking everywhere costs.
  const below = usual.length > 0 ? foldersIn(shelf, '').filter(isShelter) : foldersIn(shelf, '')
  return [...usual, ...below.flatMap(folder => rootsBelow(shelf, folder, 1))].toSorted()
}

/** The conductor folder that `dir` belongs to. */
export function rootOf(dir: string): string {
  for (let folder = dir; folder !== ''; folder = folderOf(folder))
    if (ROOT.test(nameOf(folder))) return folder
  return folderOf(folderOf(dir))
}

/** The registry of a conductor folder: where its index says, else tracks.md, which was plan.md in `.conductor` once. */
export function registryPath(shelf: Shelf, root: string): string {
  const linked = linkedIn(shelf, root, 'registry')
  if (linked !== undefined) return linked
  const usual = `${root}/tracks.md`
  const former = `${root}/plan.md`
  return !shelf.exists(usual) && isFormer(shelf, former) ? former : usual
}

/** Others keep a plan of their own under this name; one of tracks says so. */
function isFormer(shelf: Shelf, path: string): boolean {
  if (!/(^|\/)\.conductor\/plan\.md$/.test(path) || !shelf.exists(path)) return false
  return /^(?:[-*+]|#{1,4})[ \t]+\[.?\][ \t]+[*_]*track\b/im.test(textAt(shelf, path))
}

function textAt(shelf: Shelf, path: string): string {
  try {
    return shelf.read(path) ?? ''
  } catch (error) {
    if (error instanceof Unreadable) return ''
    throw error
  }
}

/** Folders of a conductor folder that may hold plans, such as `storages` or `tracks`. */
export function collectionsOf(shelf: Shelf, root: string): string[] {
  const own = nameOf(root).endsWith('-conductor')
    ? /^(?!code_styleguides$|templates?$)/
    : COLLECTION
  const usual = foldersIn(shelf, root).filter(folder => own.test(nameOf(folder)))
  const linked = linkedIn(shelf, root, 'tracks')
  const isNew = linked?.startsWith(`${root}/`) === true && !usual.includes(linked)
  return isNew ? [...usual, linked] : usual
}

export function foldersIn(shelf: Shelf, dir: string): string[] {
  const above = dir === '' ? '' : `${dir}/`
  return shelf
    .list(dir)
    .filter(name => name.endsWith('/'))
    .map(name => above + name.slice(0, -1))
}

function rootsBelow(shelf: Shelf, dir: string, depth: number): string[] {
  if (OTHERS.test(nameOf(dir))) return []
  const roots = rootsIn(shelf, dir)
  if (roots.length > 0 || depth === DEEPEST) return roots
  return foldersIn(shelf, dir).flatMap(folder => rootsBelow(shelf, folder, depth + 1))
}

function rootsIn(shelf: Shelf, dir: string): string[] {
  return foldersIn(shelf, dir).filter(folder => ROOT.test(nameOf(folder)) && isUsed(shelf, folder))
}

/** A folder of that name may hold anything; its registry or a collection tells. */
function isUsed(shelf: Shelf, root: string): boolean {
  return shelf.exists(registryPath(shelf, root)) || collectionsOf(shelf, root).some(isCollection)
}

function isCollection(folder: string): boolean {
  return COLLECTION.test(nameOf(folder))
}

function isShelter(folder: string): boolean {
  return SHELTERS.has(folder)
}

const ROOT = /^(\.?conductor|[\w-]+-conductor)$/
const COLLECTION = /^(tracks|storages|connectors|archive)$/
const SHELTERS = new Set(['services', 'packages', 'apps', 'libs', 'modules', 'projects', 'crates'])
const DEEPEST = 2
/** Folders with code, or with what other tools keep. */
const OTHERS =
  /^(node_modules|\..*|dist|build|target|vendor|venv|src|test|tests|docs|specs|openspec|conductor|[\w-]+-conductor)$/
