/** What a set-up changed in a file: one range, so that the original bytes can be restored. */
export interface FileChange {
  /** The file did not exist before. */
  created: boolean
  /** UTF-16 offset of the range. */
  at: number
  removed: string
  inserted: string
  /** Folders that were created for the file. */
  folders?: string[] | undefined
}

/** The range in which two texts differ. `before` is `undefined` if the file did not exist. */
export function changeBetween(before: string | undefined, after: string): FileChange {
  const old = before ?? ''
  const shorter = Math.min(old.length, after.length)
  let at = 0
  while (at < shorter && old[at] === after[at]) at += 1
  let tail = 0
  while (tail < shorter - at && old.at(-1 - tail) === after.at(-1 - tail)) tail += 1
  return {
    created: before === undefined,
    at,
    removed: old.slice(at, old.length - tail),
    inserted: after.slice(at, after.length - tail),
  }
}

/** A shorter text may stand in a file several times by chance. */
const UNMISTAKABLE = 20

/**
 * The text before the change: `null` if the file did not exist, `undefined` if the change cannot be found. What others changed elsewhere
 * in the file stays.
 */
export function undo(text: string, change: FileChange): string | null | undefined {
  const { created, removed, inserted } = change
  const at = offsetOf(text, change)
  if (at === undefined) return undefined
  const before = `${text.slice(0, at)}${removed}${text.slice(at + inserted.length)}`
  return created && before === '' ? null : before
}

function offsetOf(text: string, { at, inserted }: FileChange): number | undefined {
  if (text.startsWith(inserted, at)) return at
  const first = text.indexOf(inserted)
  const isOnly = first >= 0 && text.indexOf(inserted, first + 1) < 0
  return isOnly && inserted.length >= UNMISTAKABLE ? first : undefined
}
