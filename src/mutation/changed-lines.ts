import { diffArrays } from 'diff'

/** Texts with more differences are treated as new, because comparing them takes too long. */
const MAX_DIFFERENCES = 4000

/** What was added or changed in a text, by lines from 0. Indentation and line ends do not count. */
export interface ChangedLines {
  lines: ReadonlySet<number>
  /** Lines before which something was removed and nothing added. */
  gaps: readonly number[]
}

export function changedLines(before: string | undefined, after: string): ChangedLines {
  const current = linesOf(after)
  const changes =
    before === undefined
      ? undefined
      : diffArrays(linesOf(before), current, { maxEditLength: MAX_DIFFERENCES })
  if (!changes) return { lines: new Set(current.keys()), gaps: [] }
  const lines = new Set<number>()
  const gaps: number[] = []
  let line = 0
  for (const [at, { added, removed, count }] of changes.entries()) {
    if (removed) {
      if (!changes[at + 1]?.added && !changes[at - 1]?.added) gaps.push(line)
      continue
    }
    const end = line + count
    for (; line < end; line += 1) if (added) lines.add(line)
  }
  return { lines, gaps }
}

function linesOf(text: string): string[] {
  return text.split('\n').map(line => line.trim())
}
