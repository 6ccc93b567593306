import type { Edit } from '../../plan/edit.ts'
import type { Timestamp } from '../dialect.ts'
import { cellEdit, contentOf, emptyEdit, isEmpty } from './cell-edits.ts'
import type { ProgressTable } from './progress-table.ts'
import { doingStatus, doneStatus, openStatus, parseStatusCell } from './status-cell.ts'
import { cellsIn, type Cell } from './tables.ts'

/** A task's row in a table that keeps its state. */
export interface TaskRow {
  path: string
  table: ProgressTable
  cells: Cell[]
}

/** The edits that mark the row done, in the words of its table, with the date where there is a column for it. */
export function finishRow(entry: TaskRow, at: Timestamp): Edit[] {
  const { completed } = entry.table
  return [...statusEdits(entry, 'done'), ...dateEdits(entry, completed, at)]
}

/** The edits that take that back. */
export function reopenRow(entry: TaskRow): Edit[] {
  const { path, table, cells } = entry
  const date = cells[table.completed]
  const column = cellsIn(table.table, table.completed)
  const starts = cellsIn(table.table, table.started)
  const undated = date === undefined || isEmpty(date) ? [] : emptyEdit(path, date, column, starts)
  return [...statusEdits(entry, 'open'), ...undated]
}

/** The edits that say that the task is begun, where the table has a column or a word for that. */
export function startRow(entry: TaskRow, at: Timestamp): Edit[] {
  const { started } = entry.table
  return [...statusEdits(entry, 'doing'), ...dateEdits(entry, started, at)]
}

function statusEdits({ path, table, cells }: TaskRow, wanted: 'done' | 'open' | 'doing'): Edit[] {
  const cell = cells[table.status]
  if (cell === undefined) return []
  const { text } = contentOf(cell)
  const [, around = '', mine = text] = MARKUP.exec(text) ?? []
  const state = parseStatusCell(mine)
  if (state === undefined || state === wanted) return []
  const column = cellsIn(table.table, table.status)
  const others = column
    .filter((other, at) => at > 0 && other !== cell)
    .map(other => contentOf(other).text.replace(MARKUP, '$2'))
  const next = statusText(mine, others, wanted)
  // What was set aside or finished is not begun by looking at it.
  if (next === undefined || (wanted === 'doing' && state !== 'open')) return []
  return cellEdit(path, cell, column, `${around}${next}${around}`)
}

function statusText(
  mine: string,
  others: readonly string[],
  wanted: 'done' | 'open' | 'doing',
): string | undefined {
  if (wanted === 'doing') return doingStatus(others)
  return wanted === 'done' ? doneStatus(mine, others) : openStatus(mine, others)
}

function dateEdits({ path, table, cells }: TaskRow, column: number, at: Timestamp): Edit[] {
  const cell = cells[column]
  if (cell === undefined || !isEmpty(cell)) return []
  return cellEdit(path, cell, cellsIn(table.table, column), at.slice(0, 10))
}

/** Bold or code around the whole cell. */
const MARKUP = /^(\*\*|`)(.+)\1$/
