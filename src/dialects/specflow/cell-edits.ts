import type { Edit } from '../../plan/edit.ts'
import { mostCommon } from '../most-common.ts'
import type { Cell } from '../tables.ts'

/** The edit that changes the text of a cell. `column`: all cells of its column, for the same padding. */
export function cellEdit(path: string, cell: Cell, column: readonly Cell[], text: string): Edit[] {
  const { lead, inner, trail } = partsOf(cell.raw)
  const width = widthOf(column.filter(other => other !== cell))
  const isAligned = width !== undefined && cell.raw.length >= width
  const spaces = Math.max(1, (width ?? 0) - lead.length - text.length)
  const padding = isAligned ? ' '.repeat(spaces) : trail
  // Edits are shown to users, so unchanged padding is not part of them.
  const isSame = padding === trail && inner !== ''
  const from = isSame ? inner : cell.raw.slice(lead.length)
  const to = isSame ? text : `${text}${padding}`
  const start = cell.start + lead.length
  return from === to ? [] : [{ path, line: cell.line, start, end: start + from.length, from, to }]
}

/** The edit that empties a cell in the style of other empty cells: of its column, else of `similar`. */
export function emptyEdit(
  path: string,
  cell: Cell,
  column: readonly Cell[],
  similar: readonly Cell[],
): Edit[] {
  const empty = [column, similar].map(cells =>
    cells.filter(other => other !== cell && isEmpty(other)),
  )
  const style = mostCommon((empty.find(cells => cells.length > 0) ?? []).map(({ raw }) => raw))
  const text = style?.trim() ?? '-'
  if (style === undefined || text !== '') return cellEdit(path, cell, column, text)
  const { line, start, raw } = cell
  return raw === style ? [] : [{ path, line, start, end: start + raw.length, from: raw, to: style }]
}

/** Whether a cell has no content yet. */
export function isEmpty({ text }: Cell): boolean {
  return /^[-–—]*$/.test(text)
}

/** The content of a cell with its markup but without padding, and its offset. */
export function contentOf({ raw, start }: Cell): { start: number; text: string } {
  const { lead, inner } = partsOf(raw)
  return { start: start + lead.length, text: inner }
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

/** The width of a padded column; `undefined` if the cells are not aligned. */
function widthOf(others: readonly Cell[]): number | undefined {
  const [width, ...more] = new Set(others.map(({ raw }) => raw.length))
  const isPadded = others.some(({ raw }) => raw.trim() !== '' && raw.endsWith('  '))
  return isPadded && more.length === 0 ? width : undefined
}
