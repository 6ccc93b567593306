import { isLoose, objectId, writeObject } from './loose-objects.ts'
import { writeReference } from './loose-reference.ts'
import { objectStoreOf } from './object-store.ts'
import type { Base } from './snapshot-base.ts'
import type { Storing } from './snapshot-import.ts'
import { areFew, readSource } from './snapshot-source.ts'
import { folderContent, newFolders, withChanges, type FolderNode } from './snapshot-tree.ts'
import type { Workspace } from './workspace.ts'

/**
 * Stores a tree without a process of git: its changed files and folders, the same commit as `importSnapshot` makes, and the reference.
 * `undefined` if only git can do that here, or if much has changed: then a pack is better than many files.
 */
export async function writeSnapshot(
  workspace: Workspace,
  base: Base,
  { tree, root, reference }: Storing,
): Promise<{ snapshot: string; folder: FolderNode } | undefined> {
  const { folder, differs } = base
  if (!folder || !areFew(root, differs)) return undefined
  const store = await objectStoreOf(workspace)
  if (!store || !isStillStored(store.objects, base)) return undefined
  const changes = differs.map(file => {
    const source = readSource(root, file, tree)
    const id = source && writeObject(store.objects, 'blob', source.bytes)
    return [file, source && id !== undefined ? { mode: source.mode, id } : undefined] as const
  })
  const now = withChanges(folder, new Map(changes))
  for (const { entries } of newFolders(now, folder))
    writeObject(store.objects, 'tree', folderContent(entries))
  const commit = writeObject(store.objects, 'commit', commitContent(now.id))
  if (reference !== undefined && !writeReference(store.common, reference, commit)) return undefined
  return { snapshot: now.id, folder: now }
}

/**
 * Git removes what no reference needs, and references of ours may have been deleted. As long as the commit of the latest snapshot is a file
 * of its own, git has not cleaned up since, so that its files and folders are still there.
 */
function isStillStored(objects: string, { snapshot, isSnapshot }: Base): boolean {
  return !isSnapshot || isLoose(objects, objectId('commit', commitContent(snapshot)))
}

function commitContent(snapshot: string): Buffer {
  const by = 'redgreen <redgreen@localhost> 0 +0000'
  return Buffer.from(`tree ${snapshot}\nauthor ${by}\ncommitter ${by}\n\n`)
}
