import { git } from './git.ts'
import { readObject } from './loose-objects.ts'
import { objectStoreOf } from './object-store.ts'
import { knownFolder } from './snapshot-base.ts'
import { fileIn } from './snapshot-tree.ts'
import type { Workspace } from './workspace.ts'

/** The text of a file in a snapshot; `undefined` if git does not have it. */
export async function snapshotText(
  workspace: Workspace,
  snapshot: string,
  file: string,
): Promise<string | undefined> {
  const folder = knownFolder(snapshot)
  const node = folder && fileIn(folder, file)
  if (folder && !node) return undefined
  const store = node && (await objectStoreOf(workspace))
  const content = store && readObject(store.objects, 'blob', node.id)
  return content?.toString('utf8') ?? git(workspace, ['cat-file', 'blob', `${snapshot}:${file}`])
}
