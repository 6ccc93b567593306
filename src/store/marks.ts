import path from 'node:path'
import * as z from 'zod'
import { hashOf, sha256 } from '../evidence/chain.ts'
import { applyEdits, type Edit } from '../plan/edit.ts'
import {
  Conflict,
  decodeText,
  encodeText,
  readBytes,
  removeFile,
  replaceFile,
  writeFile,
} from './files.ts'
import { parseJson } from './json.ts'
import type { State } from './state.ts'
import type { Tree } from './tree.ts'
import { absolute, type Workspace } from './workspace.ts'

/** Writes marks into the user's files: the edited characters change, every other byte stays. */
export function writeMarks(workspace: Workspace, edits: readonly Edit[]): void {
  for (const file of new Set(edits.map(edit => edit.path))) {
    const own = edits.filter(edit => edit.path === file)
    const target = absolute(workspace, file)
    const before = readBytes(target)
    if (!before && own.every(({ end }) => end === 0)) {
      writeFile(target, applyEdits('', own) ?? '')
      continue
    }
    if (!before) throw new Conflict(`${file} is no longer there.`)
    const after = applyEdits(decodeText(before), own)
    if (after === null) throw new Conflict(`${file} was saved by somebody else.`)
    replaceFile(target, before, encodeText(after, before))
  }
}

/** What a tree will be when these edits are written. */
export function treeWithMarks(workspace: Workspace, tree: Tree, edits: readonly Edit[]): Tree {
  const changed = [...new Set(edits.map(edit => edit.path))].flatMap(file => {
    const before = readBytes(absolute(workspace, file))
    const own = edits.filter(edit => edit.path === file)
    const after = before && applyEdits(decodeText(before), own)
    const known = before !== undefined && typeof after === 'string' && file in tree.files
    return known ? [[file, sha256(encodeText(after, before))] as const] : []
  })
  const files = { ...tree.files, ...Object.fromEntries(changed) }
  return { hash: hashOf(files), files }
}

const intent = z.object({ task: z.string() })

/**
 * A mark that was about to be written when an event was recorded. It tells a crash between the two, after which the
 * mark has to be written still, from a person who took the mark away, which is respected.
 */
export type Intent = z.infer<typeof intent>

/** Notes the intent before the event is recorded. Call it under the lock. */
export function noteIntent(state: State, feature: string, noted: Intent): void {
  writeFile(intentFile(state, feature), `${JSON.stringify(noted)}\n`)
}

/** The intent that was left behind, if one was. */
export function leftIntent(state: State, feature: string): Intent | undefined {
  const bytes = readBytes(intentFile(state, feature))
  if (!bytes) return undefined
  return intent.safeParse(parseJson(bytes.toString('utf8'))).data
}

/** Call it when the marks are written. */
export function clearIntent(state: State, feature: string): void {
  removeFile(intentFile(state, feature))
}

function intentFile(state: State, feature: string): string {
  return path.join(state.local, 'intents', `${feature}.json`)
}
