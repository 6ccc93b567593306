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

/** What an edit left in a file, so that it can be taken back. */
export interface Change {
  path: string
  /** 1-based. */
  line: number
  /** UTF-16 offset of `to` in the decoded file, once all is written; `undefined` in what older versions recorded. */
  offset?: number | undefined
  from: string
  to: string
}

/** What edits that are made together leave behind. */
export function changesOf(edits: readonly Edit[]): Change[] {
  return edits.map(({ path, line, start, from, to }, at) => {
    // Of two insertions at one place `applyEdits` puts the later one first.
    const before = edits.filter(
      (other, place) =>
        other.path === path && (other.start < start || (other.start === start && place > at)),
    )
    const moved = before.reduce((sum, other) => sum + other.to.length - other.from.length, 0)
    return { path, line, offset: start + moved, from, to }
  })
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
