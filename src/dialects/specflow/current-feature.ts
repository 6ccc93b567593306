import type { WorkspaceReader } from '../dialect.ts'
import { rowsOf } from '../markdown.ts'

/** The file in which the playbook names the current feature. */
export const POINTER_FILE = '.maestro/CURRENT_FEATURE.md'

/** The content of the pointer file. */
export type Pointer = { allDone: true } | { id: string; phase: string | undefined }

/** Reads the pointer file; `undefined` if it is missing or names nothing. */
export function readPointer(reader: WorkspaceReader): Pointer | undefined {
  const lines = rowsOf(reader.read(POINTER_FILE) ?? '').filter(({ kind }) => kind !== 'hidden')
  const texts = lines.map(({ text }) => text.replaceAll(/\*\*|`/g, ''))
  const id = fieldOf(texts, /^\W*Feature ID\s*:\s*([\w.-]+)\s*$/i)
  if (id !== undefined && !PLACEHOLDER.test(id))
    return { id, phase: fieldOf(texts, /^\W*Phase\s*:\s*(\w+)/i)?.toLowerCase() }
  // The playbook writes the sentinel after the last feature.
  return texts.some(text => ALL_DONE.test(text)) ? { allDone: true } : undefined
}

function fieldOf(lines: readonly string[], pattern: RegExp): string | undefined {
  return lines.map(line => pattern.exec(line)?.[1]).find(value => value !== undefined)
}

const PLACEHOLDER = /^(none|tbd|n-?a|f-[xn]+|-+|ALL_FEATURES_COMPLETE)$/i
const ALL_DONE = /\bALL_FEATURES_COMPLETE\b/
