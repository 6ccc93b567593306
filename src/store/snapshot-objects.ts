import { codeOf } from './disk.ts'
import { writeObject } from './loose-objects.ts'
import { writeReference } from './loose-reference.ts'
import { objectStoreOf, type ObjectStore } from './object-store.ts'
import type { Base } from './snapshot-base.ts'
import { commitContent } from './snapshot-commit.ts'
import type { Storing } from './snapshot-import.ts'
import { areFew, readSource, type Source } from './snapshot-source.ts'
import {
  folderContent,
  newFolders,
  withChanges,
  type FileNode,
  type FolderNode,
} from './snapshot-tree.ts'
import type { Workspace } from './workspace.ts'

/** A snapshot that was stored, with its folders. */
interface Written {
  snapshot: string
  folder: FolderNode
}

/**
 * Stores a tree without a process of git: its changed files and folders, the same commit as `importSnapshot` makes, and the reference.
 * `undefined` if only git can do that here, or if much has changed: then a pack is better than many files.
 */
export async function writeSnapshot(
  workspace: Workspace,
  { folder, differs }: Base,
  storing: Storing,
): Promise<Written | undefined> {
  if (!folder || !areFew(storing.root, differs)) return undefined
  const store = await objectStoreOf(workspace)
  if (!store) return undefined
  const sources = differs.map(file => [file, readSource(storing.root, file, storing.tree)] as const)
  try {
    return writeObjects(store, folder, sources, storing.reference)
  } catch (error) {
    // Git has other ways to write, or says why it cannot.
    if (codeOf(error) === undefined) throw error
    return undefined
  }
}

function writeObjects(
  { objects, common }: ObjectStore,
  folder: FolderNode,
  sources: readonly (readonly [file: string, source: Source | undefined])[],
  reference: string | undefined,
): Written | undefined {
  const changes = sources.map(([file, source]): [string, FileNode | undefined] => [
    file,
    source && { mode: source.mode, id: writeObject(objects, 'blob', source.bytes) },
  ])
  const now = withChanges(folder, new Map(changes))
  for (const { entries } of newFolders(now, folder))
    writeObject(objects, 'tree', folderContent(entries))
  const commit = writeObject(objects, 'commit', commitContent(now.id))
  if (reference !== undefined && !writeReference(common, reference, commit)) return undefined
  return { snapshot: now.id, folder: now }
}
