import { headingText, type Row } from '../markdown.ts'
import { boxAt, type Box } from './task-text.ts'

export interface Heading {
  text: string
  /** 1–6. */
  level: number
  line: number
}

/** A heading or list item, which may be a task. */
export interface ListEntry {
  row: Row
  /** Index of the row in the file. */
  index: number
  basis: 'checkbox' | 'heading' | 'bullet'
  /** The id that the line itself gives, if it has one. */
  id?: string
  /** The text after the mark and the id. */
  rest: string
  box?: Box
  /** The headings above it, outermost first. */
  above: Heading[]
}

/** Every visible heading and item, with its box and the headings above it. */
export function listEntries(rows: readonly Row[]): ListEntry[] {
  const entries: ListEntry[] = []
  let above: Heading[] = []
  for (const [index, row] of rows.entries()) {
    if (row.kind !== 'heading' && row.kind !== 'item') continue
    if (row.kind === 'heading') above = above.filter(heading => heading.level < row.level)
    entries.push(entryOf(row, index, above))
    if (row.kind === 'heading')
      above = [...above, { text: headingText(row), level: row.level, line: row.line }]
  }
  return withoutLoneTicks(entries)
}

/** A tick is a box only if the same file also has empty boxes; otherwise it decorates a bullet. */
function withoutLoneTicks(entries: readonly ListEntry[]): ListEntry[] {
  const marks = new Set(entries.flatMap(({ box }) => box?.text ?? []))
  if (EMPTY_SIGNS.some(sign => marks.has(sign))) return [...entries]
  return entries.map(entry => (TICK.test(entry.box?.text ?? '') ? withoutBox(entry) : entry))
}

function withoutBox({ row, index, basis, above }: ListEntry): ListEntry {
  const rest = row.kind === 'heading' ? headingText(row) : row.text.slice(row.content)
  return { row, index, above, rest, basis: basis === 'checkbox' ? 'bullet' : basis }
}

function entryOf(row: Row, index: number, above: Heading[]): ListEntry {
  const isHeading = row.kind === 'heading'
  const dash = isHeading ? (/^[-*+]\s+/.exec(row.text.slice(row.content))?.[0].length ?? 0) : 0
  const box = boxAt(row.text, row.content + dash)
  const rest = box?.rest ?? (isHeading ? headingText(row) : row.text.slice(row.content))
  const basis = isHeading ? 'heading' : box === undefined ? 'bullet' : 'checkbox'
  return { row, index, basis, rest, above, ...(box === undefined ? {} : { box }) }
}

const EMPTY_SIGNS = ['☐', '⬜', '❌']
const TICK = /^(✅|✔️?)$/u
