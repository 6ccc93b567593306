import { applyEdits, type Edit } from '../plan/edit.ts'
import path from 'node:path'
import { readContained, refuseReserved } from './contained.ts'
import { decodeText, encodeText, makeFolder } from './files.ts'
import { Conflict, replaceFile } from './replace-file.ts'
import { absolute, contain, type Workspace } from './workspace.ts'

/** Writes marks into the user's files: the edited characters change, every other byte stays. */
export function writeMarks(workspace: Workspace, edits: readonly Edit[]): void {
  const allow = (real: string) => refuseReserved(workspace, real)
  for (const file of new Set(edits.map(edit => edit.path))) {
    const own = edits.filter(edit => edit.path === file)
    const target = absolute(workspace, contain(workspace, file))
    const before = readContained(workspace, file)
    if (!before && own.every(({ end }) => end === 0)) {
      makeFolder(path.dirname(target))
      replaceFile(target, undefined, Buffer.from(applyEdits('', own) ?? ''), allow)
      continue
    }
    if (!before) throw new Conflict(`${file} is no longer there.`)
    const after = applyEdits(decodeText(before), own)
    if (after === null) throw new Conflict(`${file} was saved by somebody else.`)
    replaceFile(target, before, encodeText(after, before), allow)
  }
}
