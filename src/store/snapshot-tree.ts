import type { TreeEntry } from './git-objects.ts'
import { objectId } from './loose-objects.ts'

/** A folder of a snapshot, as git stores it. It does not change: a snapshot of other files shares the folders that are the same. */
export interface FolderNode {
  /** Git's id. */
  id: string
  entries: ReadonlyMap<string, FileNode | FolderNode>
}

export interface FileNode {
  /** Git's id of the content. */
  id: string
  /** Git's file mode, such as `100644`. */
  mode: string
}

/** The files of a snapshot that change: what they are now, or `undefined` for one that is gone. By path. */
export type FileChanges = ReadonlyMap<string, FileNode | undefined>

const EMPTY_FOLDER: FolderNode = folderOf(new Map())

/** The snapshot with changed files. Folders without files are left out, as in git. */
export function withChanges(folder: FolderNode, changes: FileChanges): FolderNode {
  if (changes.size === 0) return folder
  const entries = new Map(folder.entries)
  const below = new Map<string, Map<string, FileNode | undefined>>()
  for (const [file, node] of changes) {
    const end = file.indexOf('/')
    if (end < 0) {
      if (node) entries.set(file, node)
      else if (!isFolder(entries.get(file))) entries.delete(file)
      continue
    }
    const name = file.slice(0, end)
    const inside = below.get(name) ?? new Map<string, FileNode | undefined>()
    below.set(name, inside.set(file.slice(end + 1), node))
  }
  for (const [name, inside] of below) {
    const known = entries.get(name)
    const changed = withChanges(isFolder(known) ? known : EMPTY_FOLDER, inside)
    if (changed.entries.size > 0) entries.set(name, changed)
    else if (isFolder(known)) entries.delete(name)
  }
  return folderOf(entries)
}

/**
 * The folders of a tree that git has listed. `undefined` if git stores it in a way that cannot be made again, such as with names that are
 * not UTF-8.
 */
export function folderNode(entries: readonly TreeEntry[], id: string): FolderNode | undefined {
  const files = entries.map(({ path, mode, object }) => [path, { mode, id: object }] as const)
  const folder = withChanges(EMPTY_FOLDER, new Map(files))
  return folder.id === id ? folder : undefined
}

/** The file at a path. */
export function fileIn(folder: FolderNode, file: string): FileNode | undefined {
  const end = file.indexOf('/')
  const node = folder.entries.get(end < 0 ? file : file.slice(0, end))
  if (end < 0) return isFolder(node) ? undefined : node
  return isFolder(node) ? fileIn(node, file.slice(end + 1)) : undefined
}

/** The folders of a snapshot that another one does not have, the innermost first. */
export function newFolders(folder: FolderNode, known: FolderNode | undefined): FolderNode[] {
  if (folder.id === known?.id) return []
  const inside = [...folder.entries].flatMap(([name, node]) => {
    const earlier = known?.entries.get(name)
    return isFolder(node) ? newFolders(node, isFolder(earlier) ? earlier : undefined) : []
  })
  return [...inside, folder]
}

/** The content of a folder in git's format (gitformat-tree). */
export function folderContent(entries: FolderNode['entries']): Buffer {
  const sorted = [...entries]
    .map(([name, node]) => ({ node, name: Buffer.from(name) }))
    // Git sorts a folder as if its name ended with a slash.
    .sort((a, b) => Buffer.compare(sortKey(a), sortKey(b)))
  return Buffer.concat(
    sorted.flatMap(({ name, node }) => [
      Buffer.from(`${isFolder(node) ? '40000' : node.mode} `),
      name,
      Buffer.of(0),
      Buffer.from(node.id, 'hex'),
    ]),
  )
}

function sortKey({ name, node }: { name: Buffer; node: FileNode | FolderNode }): Buffer {
  return isFolder(node) ? Buffer.concat([name, Buffer.from('/')]) : name
}

function folderOf(entries: FolderNode['entries']): FolderNode {
  return { id: objectId('tree', folderContent(entries)), entries }
}

function isFolder(node: FileNode | FolderNode | undefined): node is FolderNode {
  return node !== undefined && 'entries' in node
}
