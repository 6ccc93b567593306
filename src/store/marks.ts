import path from 'node:path'
import { hashOf, sha256 } from '../evidence/chain.ts'
import { applyEdits, type Edit } from '../plan/edit.ts'
import { readWorkspaceFile, refuseReservedPath } from './workspace-file.ts'
import { makeFolder } from './files.ts'
import { decodeText, encodeText } from './text-encoding.ts'
import { Conflict, replaceFile } from './replace-file.ts'
import type { Tree } from './tree.ts'
import { absolute, contain, type Workspace } from './workspace.ts'

/**
 * Writes marks into the user's files: the edited characters change, every other byte stays. Throws `Conflict` if a file
 * does not have the text in `readFrom` (`undefined`: no file) any more, or does not fit the edits.
 */
export function writeMarks(
  workspace: Workspace,
  edits: readonly Edit[],
  readFrom: ReadonlyMap<string, string | undefined> = new Map(),
): void {
  const allow = (real: string) => refuseReservedPath(workspace, real)
  for (const file of new Set(edits.map(edit => edit.path))) {
    const own = edits.filter(edit => edit.path === file)
    const target = absolute(workspace, contain(workspace, file))
    const before = readWorkspaceFile(workspace, file)
    if (readFrom.has(file) && readFrom.get(file) !== (before && decodeText(before)))
      throw new Conflict(`${file} was saved by another program.`)
    if (!before && own.every(({ end }) => end === 0)) {
      makeFolder(path.dirname(target))
      replaceFile(target, undefined, Buffer.from(applyEdits('', own) ?? ''), allow)
      continue
    }
    if (!before) throw new Conflict(`${file} is no longer there.`)
    const after = applyEdits(decodeText(before), own)
    if (after === null) throw new Conflict(`${file} was saved by another program.`)
    replaceFile(target, before, encodeText(after, before), allow)
  }
}

/** The tree after these edits are written. */
export function treeWithMarks(workspace: Workspace, tree: Tree, edits: readonly Edit[]): Tree {
  const changed = [...new Set(edits.map(edit => edit.path))].flatMap(file => {
    const before = readWorkspaceFile(workspace, file)
    const own = edits.filter(edit => edit.path === file)
    const after = before && applyEdits(decodeText(before), own)
    const known = before !== undefined && typeof after === 'string' && file in tree.files
    return known ? [[file, sha256(encodeText(after, before))] as const] : []
  })
  const files = { ...tree.files, ...Object.fromEntries(changed) }
  return { hash: hashOf(files), files }
}
