import { Unreadable, type WorkspaceReader } from '../dialect.ts'
import { listsTracks } from '../lists-tracks.ts'
import { linkedIn } from './index-links.ts'
import { parentFolder, baseName } from './paths.ts'

/** Every conductor folder of the workspace: at its root, and in the projects below it. */
export function rootsOf(reader: WorkspaceReader): string[] {
  const atRoot = rootsIn(reader, '')
  // If there is one at the root, search only the usual folders of projects: searching everywhere is slow.
  const below =
    atRoot.length > 0 ? foldersIn(reader, '').filter(isProjectFolder) : foldersIn(reader, '')
  return [...atRoot, ...below.flatMap(folder => rootsBelow(reader, folder, 1))].toSorted()
}

/** The conductor folder that `dir` belongs to. */
export function rootOf(dir: string): string {
  for (let folder = dir; folder !== ''; folder = parentFolder(folder))
    if (ROOT.test(baseName(folder))) return folder
  return parentFolder(parentFolder(dir))
}

/** The path of a registry: the one that index.md links to, else tracks.md, else `.conductor/plan.md` of the first versions. */
export function registryPath(reader: WorkspaceReader, root: string): string {
  const linked = linkedIn(reader, root, 'registry')
  if (linked !== undefined) return linked
  const usual = `${root}/tracks.md`
  const old = `${root}/plan.md`
  return !reader.exists(usual) && isOldRegistry(reader, old) ? old : usual
}

/** Other tools have a plan with this name; only a registry lists tracks. */
function isOldRegistry(reader: WorkspaceReader, path: string): boolean {
  if (!/(^|\/)\.conductor\/plan\.md$/.test(path) || !reader.exists(path)) return false
  return listsTracks(textAt(reader, path))
}

function textAt(reader: WorkspaceReader, path: string): string {
  try {
    return reader.read(path) ?? ''
  } catch (error) {
    if (error instanceof Unreadable) return ''
    throw error
  }
}

/** Folders inside a conductor folder that may contain plans, such as `storages` or `tracks`. */
export function collectionsOf(reader: WorkspaceReader, root: string): string[] {
  const own = baseName(root).endsWith('-conductor')
    ? /^(?!code_styleguides$|templates?$)/
    : COLLECTION
  const usual = foldersIn(reader, root).filter(folder => own.test(baseName(folder)))
  const linked = linkedIn(reader, root, 'tracks')
  const isNew = linked?.startsWith(`${root}/`) === true && !usual.includes(linked)
  return isNew ? [...usual, linked] : usual
}

export function foldersIn(reader: WorkspaceReader, dir: string): string[] {
  const above = dir === '' ? '' : `${dir}/`
  return reader
    .list(dir)
    .filter(name => name.endsWith('/'))
    .map(name => above + name.slice(0, -1))
}

function rootsBelow(reader: WorkspaceReader, dir: string, depth: number): string[] {
  // A folder with a git repository of its own, such as a worktree, is another project.
  if (OTHERS.test(baseName(dir)) || reader.exists(`${dir}/.git`)) return []
  const roots = rootsIn(reader, dir)
  if (roots.length > 0 || depth === MAX_DEPTH) return roots
  return foldersIn(reader, dir).flatMap(folder => rootsBelow(reader, folder, depth + 1))
}

function rootsIn(reader: WorkspaceReader, dir: string): string[] {
  return foldersIn(reader, dir).filter(
    folder => ROOT.test(baseName(folder)) && isUsed(reader, folder),
  )
}

/** A folder with that name may have another purpose; a registry or a collection shows that it is used. */
function isUsed(reader: WorkspaceReader, root: string): boolean {
  return reader.exists(registryPath(reader, root)) || collectionsOf(reader, root).some(isCollection)
}

function isCollection(folder: string): boolean {
  return COLLECTION.test(baseName(folder))
}

function isProjectFolder(folder: string): boolean {
  return PROJECT_FOLDERS.has(folder)
}

const ROOT = /^(\.?conductor|[\w-]+-conductor)$/
const COLLECTION = /^(tracks|storages|connectors|archive)$/
const PROJECT_FOLDERS = new Set([
  'services',
  'packages',
  'apps',
  'libs',
  'modules',
  'projects',
  'crates',
])
const MAX_DEPTH = 2
/** Folders with code or with files of other tools. */
const OTHERS =
  /^(node_modules|\..*|dist|build|target|vendor|venv|src|test|tests|docs|specs|openspec|conductor|[\w-]+-conductor)$/
