import type { ChecklistEntry } from './entries.ts'

/** By entry, the indices of the entries directly inside it: nested boxes, and those below a heading that has a box. */
export function partsOf(entries: readonly ChecklistEntry[]): number[][] {
  const parts: number[][] = entries.map(() => [])
  const open: Open[] = []
  for (const [at, { entry }] of entries.entries()) {
    const { row, basis, above } = entry
    const isHeading = basis === 'heading'
    const level = isHeading ? row.level - HEADING_LEVELS : row.level
    const lines = new Set(above.map(({ line }) => line))
    while (open.length > 0 && !contains(open.at(-1), level, lines)) open.pop()
    const outer = open.at(-1)
    if (outer !== undefined) parts[outer.at]?.push(at)
    open.push({ at, level, line: row.line, isHeading })
  }
  return parts
}

interface Open {
  at: number
  level: number
  line: number
  isHeading: boolean
}

function contains(outer: Open | undefined, level: number, above: ReadonlySet<number>): boolean {
  if (outer === undefined || outer.level >= level) return false
  return !outer.isHeading || above.has(outer.line)
}

/** Headings are outside of every list. */
const HEADING_LEVELS = 7
