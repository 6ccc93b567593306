import type { Edit } from '../../plan/edit.ts'
import type { Cell } from './tables.ts'

/** The edit that makes a cell say `text`. `column`: all cells of its column; their padding is kept. */
export function cellEdit(path: string, cell: Cell, column: readonly Cell[], text: string): Edit[] {
  const { lead, inner, trail } = partsOf(cell.raw)
  const width = widthOf(column.filter(other => other !== cell))
  const isAligned = width !== undefined && cell.raw.length >= width
  const room = Math.max(1, (width ?? 0) - lead.length - text.length)
  const padding = isAligned ? ' '.repeat(room) : trail
  // Where the padding stays it is no part of the edit, which people read.
  const isSame = padding === trail && inner !== ''
  const from = isSame ? inner : cell.raw.slice(lead.length)
  const to = isSame ? text : `${text}${padding}`
  const start = cell.start + lead.length
  return from === to ? [] : [{ path, line: cell.line, start, end: start + from.length, from, to }]
}

/** The edit that empties a cell the way other empty ones are written: in its column, else among `alike`. */
export function emptyEdit(
  path: string,
  cell: Cell,
  column: readonly Cell[],
  alike: readonly Cell[],
): Edit[] {
  const empty = [column, alike].map(cells =>
    cells.filter(other => other !== cell && isEmpty(other)),
  )
  const style = mostCommon((empty.find(cells => cells.length > 0) ?? []).map(({ raw }) => raw))
  const text = style?.trim() ?? '-'
  if (style === undefined || text !== '') return cellEdit(path, cell, column, text)
  const { line, start, raw } = cell
  return raw === style ? [] : [{ path, line, start, end: start + raw.length, from: raw, to: style }]
}

/** Nothing was entered yet. */
export function isEmpty({ text }: Cell): boolean {
  return /^[-–—]*$/.test(text)
}

/** Offset of what a cell says, and its characters with their markup. */
export function contentOf({ raw, start }: Cell): { start: number; text: string } {
  const { lead, inner } = partsOf(raw)
  return { start: start + lead.length, text: inner }
}

export function mostCommon(texts: readonly string[]): string | undefined {
  const tally = new Map<string, number>()
  for (const text of texts) tally.set(text, (tally.get(text) ?? 0) + 1)
  const [first] = [...tally].toSorted(([, a], [, b]) => b - a)
  return first?.[0]
}

interface Parts {
  lead: string
  inner: string
  trail: string
}

function partsOf(raw: string): Parts {
  const inner = raw.trim()
  if (inner === '') return { lead: raw.slice(0, 1), inner, trail: raw.slice(1) || raw }
  const at = raw.indexOf(inner)
  return { lead: raw.slice(0, at), inner, trail: raw.slice(at + inner.length) }
}

/** How wide a column was made by padding; `undefined` where its cells are as wide as what they say. */
function widthOf(others: readonly Cell[]): number | undefined {
  const [width, ...more] = new Set(others.map(({ raw }) => raw.length))
  const isPadded = others.some(({ raw }) => raw.trim() !== '' && raw.endsWith('  '))
  return isPadded && more.length === 0 ? width : undefined
}
