import { headingText, type Row } from '../markdown.ts'
import type { Heading } from './heading.ts'
import { leadingId, type IdScheme } from './ids.ts'
import { impliedHeadings } from './implied-headings.ts'
import { boxAt, type Box } from './task-text.ts'
import { wrappedText } from './wrapped-text.ts'

/** A heading or list item, which may be a task. */
export interface ListEntry {
  row: Row
  /** Index of the row in the file. */
  index: number
  /** Index of the last row of its title, which may be wrapped. */
  last: number
  basis: 'checkbox' | 'heading' | 'bullet'
  /** The id that the line itself gives, if it has one. */
  id?: string
  /** The text after the mark and the id, to the end of the sentence. */
  rest: string
  box?: Box
  /** The headings above it, outermost first. */
  above: Heading[]
}

/** Every visible heading and item, with its box and the headings above it. */
export function listEntries(rows: readonly Row[]): ListEntry[] {
  const entries: ListEntry[] = []
  const implied = impliedHeadings(rows)
  let above: Heading[] = []
  for (const [index, row] of rows.entries()) {
    const heading = implied.get(index)
    if (heading !== undefined) above = [...above.filter(isAbove(heading)), heading]
    if (row.kind !== 'heading' && row.kind !== 'item') continue
    if (row.kind === 'heading') above = above.filter(isAbove(row))
    entries.push(entryOf(rows, row, index, above))
    if (row.kind === 'heading')
      above = [...above, { text: headingText(row), level: row.level, line: row.line }]
  }
  return withoutLoneTicks(entries)
}

/** The indices of the boxes that stand in no other box. */
export function outermostBoxes(lines: readonly ListEntry[]): Set<number> {
  const outermost = new Set<number>()
  let open: { level: number; hasBox: boolean }[] = []
  for (const { basis, box, row, index } of lines) {
    if (basis === 'heading') {
      open = []
      continue
    }
    while ((open.at(-1)?.level ?? -1) >= row.level) open.pop()
    const isInside = open.at(-1)?.hasBox ?? false
    if (box !== undefined && !isInside) outermost.add(index)
    open.push({ level: row.level, hasBox: isInside || box !== undefined })
  }
  return outermost
}

/** The lines that begin with an id of the scheme. */
export function withIds(lines: readonly ListEntry[], scheme: IdScheme): ListEntry[] {
  return lines.flatMap(line => {
    const leading = leadingId(line.rest, scheme)
    return leading === undefined ? [] : [{ ...line, ...leading }]
  })
}

function isAbove({ level }: { level: number }): (heading: Heading) => boolean {
  return heading => heading.level < level
}

/** A tick is a box only if the same file also has signs that are boxes for sure; otherwise it decorates a bullet. */
function withoutLoneTicks(entries: readonly ListEntry[]): ListEntry[] {
  const marks = new Set(entries.flatMap(({ box }) => box?.text ?? []))
  if (SURE_SIGNS.some(sign => marks.has(sign))) return [...entries]
  return entries.map(entry => (TICK.test(entry.box?.text ?? '') ? withoutBox(entry) : entry))
}

/** The line with its mark as a part of its text. */
export function withoutBox(entry: ListEntry): ListEntry {
  const { row, index, last, basis, above, box } = entry
  const wrapped = box === undefined ? '' : entry.rest.slice(box.rest.length)
  const rest =
    row.kind === 'heading' ? headingText(row) : `${row.text.slice(row.content).trim()}${wrapped}`
  return { row, index, last, above, rest, basis: basis === 'checkbox' ? 'bullet' : basis }
}

function entryOf(rows: readonly Row[], row: Row, index: number, above: Heading[]): ListEntry {
  const isHeading = row.kind === 'heading'
  const dash = isHeading ? (/^[-*+]\s+/.exec(row.text.slice(row.content))?.[0].length ?? 0) : 0
  const box = boxAt(row.text, row.content + dash)
  const line = box?.rest ?? (isHeading ? headingText(row) : row.text.slice(row.content))
  const { text: rest, last } = wrappedText(rows, index, line)
  const basis = isHeading ? 'heading' : box === undefined ? 'bullet' : 'checkbox'
  return { row, index, last, basis, rest, above, ...(box === undefined ? {} : { box }) }
}

const SURE_SIGNS = ['☐', '⬜', '❌', '☑']
const TICK = /^(✅|✔️?)$/u
