/**
 * A change in a user's file: these characters, and no others. A file that is not there counts as empty, so that an
 * insertion at its beginning creates it.
 */
export interface Edit {
  /** Relative to the workspace. */
  path: string
  /** 1-based. */
  line: number
  /** UTF-16 offsets in the decoded file. */
  start: number
  end: number
  from: string
  to: string
}

/** `source` with every edit applied; `null` when the file no longer says what an edit expects. */
export function applyEdits(source: string, edits: readonly Edit[]): string | null {
  const ordered = [...edits].sort((a, b) => b.start - a.start)
  let text = source
  for (const edit of ordered) {
    if (text.slice(edit.start, edit.end) !== edit.from) return null
    text = text.slice(0, edit.start) + edit.to + text.slice(edit.end)
  }
  return text
}
