/**
 * A replacement of exactly these characters in a user's file. A missing file counts as empty, so an insertion at offset 0
 * creates it.
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

/** What an edit wrote, so that it can be reverted. */
export interface Change {
  path: string
  /** 1-based. */
  line: number
  /** UTF-16 offset of `to` in the decoded file after all edits; `undefined` in records of older versions. */
  offset?: number | undefined
  from: string
  to: string
}

/** The changes that a set of edits makes when they are applied together. */
export function changesOf(edits: readonly Edit[]): Change[] {
  return edits.map(({ path, line, start, from, to }, index) => {
    // Of two insertions at the same offset, `applyEdits` puts the later one first.
    const before = edits.filter(
      (other, otherIndex) =>
        other.path === path &&
        (other.start < start || (other.start === start && otherIndex > index)),
    )
    const shift = before.reduce((sum, other) => sum + other.to.length - other.from.length, 0)
    return { path, line, offset: start + shift, from, to }
  })
}

/** `source` with every edit applied; `null` if the text is no longer what an edit expects. */
export function applyEdits(source: string, edits: readonly Edit[]): string | null {
  const ordered = [...edits].sort((a, b) => b.start - a.start)
  let text = source
  for (const edit of ordered) {
    if (text.slice(edit.start, edit.end) !== edit.from) return null
    text = text.slice(0, edit.start) + edit.to + text.slice(edit.end)
  }
  return text
}
