import { headingText, type Row } from '../markdown.ts'
import { boxAt, type Box } from './task-text.ts'

export interface Heading {
  text: string
  /** 1–6. */
  level: number
  line: number
}

/** A line of the file that stands for a task. */
export interface ListEntry {
  row: Row
  /** Index of the row in the file. */
  index: number
  basis: 'checkbox' | 'heading' | 'bullet'
  /** Its own id as it is written, if it has one. */
  id?: string
  /** What follows mark and id. */
  rest: string
  box?: Box
  /** The headings above it, outermost first. */
  above: Heading[]
}

/** Every visible heading and item, with its box and the headings above it. */
export function listEntries(rows: readonly Row[]): ListEntry[] {
  const candidates: ListEntry[] = []
  let above: Heading[] = []
  for (const [index, row] of rows.entries()) {
    if (row.kind !== 'heading' && row.kind !== 'item') continue
    if (row.kind === 'heading') above = above.filter(heading => heading.level < row.level)
    candidates.push(candidate(row, index, above))
    if (row.kind === 'heading')
      above = [...above, { text: headingText(row), level: row.level, line: row.line }]
  }
  return withoutLoneTicks(candidates)
}

/** A tick is a box only where the same file has empty ones to tick; elsewhere it adorns a bullet. */
function withoutLoneTicks(candidates: readonly ListEntry[]): ListEntry[] {
  const marks = new Set(candidates.flatMap(({ box }) => box?.text ?? []))
  if (EMPTY_SIGNS.some(sign => marks.has(sign))) return [...candidates]
  return candidates.map(line => (TICK.test(line.box?.text ?? '') ? unboxed(line) : line))
}

function unboxed({ row, index, basis, above }: ListEntry): ListEntry {
  const rest = row.kind === 'heading' ? headingText(row) : row.text.slice(row.content)
  return { row, index, above, rest, basis: basis === 'checkbox' ? 'bullet' : basis }
}

function candidate(row: Row, index: number, above: Heading[]): ListEntry {
  const isHeading = row.kind === 'heading'
  const dash = isHeading ? (/^[-*+]\s+/.exec(row.text.slice(row.content))?.[0].length ?? 0) : 0
  const box = boxAt(row.text, row.content + dash)
  const rest = box?.rest ?? (isHeading ? headingText(row) : row.text.slice(row.content))
  const basis = isHeading ? 'heading' : box === undefined ? 'bullet' : 'checkbox'
  return { row, index, basis, rest, above, ...(box === undefined ? {} : { box }) }
}

const EMPTY_SIGNS = ['☐', '⬜', '❌']
const TICK = /^(✅|✔️?)$/u
