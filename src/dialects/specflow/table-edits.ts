import type { Edit } from '../../plan/edit.ts'
import type { Timestamp } from '../dialect.ts'
import { cellEdit, contentOf, emptyEdit, isEmpty } from './cell-edits.ts'
import type { ProgressTable } from './progress-table.ts'
import { doingStatus, doneStatus, openStatus, parseStatus } from '../task-list/status-words.ts'
import { cellsIn, type Cell } from '../tables.ts'

/** The row of a task in a progress table. */
export interface TaskRow {
  path: string
  table: ProgressTable
  cells: Cell[]
}

/** The edits that mark the row done in the style of its table, with the date if there is a column for it. */
export function finishRow(row: TaskRow, at: Timestamp): Edit[] {
  const { completed } = row.table
  return [...statusEdits(row, 'done'), ...dateEdits(row, completed, at)]
}

/** The edits that mark the row open again and remove its date. */
export function reopenRow(row: TaskRow): Edit[] {
  const { path, table, cells } = row
  const date = cells[table.completed]
  const column = cellsIn(table.table, table.completed)
  const starts = cellsIn(table.table, table.started)
  const dateEdit = date === undefined || isEmpty(date) ? [] : emptyEdit(path, date, column, starts)
  return [...statusEdits(row, 'open'), ...dateEdit]
}

/** The edits that mark the row as started, if the table has a column or a status for that. */
export function startRow(row: TaskRow, at: Timestamp): Edit[] {
  const { started } = row.table
  return [...statusEdits(row, 'doing'), ...dateEdits(row, started, at)]
}

function statusEdits({ path, table, cells }: TaskRow, wanted: 'done' | 'open' | 'doing'): Edit[] {
  const cell = cells[table.status]
  if (cell === undefined) return []
  const { text } = contentOf(cell)
  const [, markup = '', current = text] = MARKUP.exec(text) ?? []
  const state = parseStatus(current)
  if (state === undefined || state === wanted) return []
  const column = cellsIn(table.table, table.status)
  const others = column
    .filter((other, at) => at > 0 && other !== cell)
    .map(other => contentOf(other).text.replace(MARKUP, '$2'))
  const next = statusText(current, others, wanted)
  // Only an open task can be started; a deferred or finished one keeps its status.
  if (next === undefined || (wanted === 'doing' && state !== 'open')) return []
  return cellEdit(path, cell, column, `${markup}${next}${markup}`)
}

function statusText(
  current: string,
  others: readonly string[],
  wanted: 'done' | 'open' | 'doing',
): string | undefined {
  if (wanted === 'doing') return doingStatus(others)
  return wanted === 'done' ? doneStatus(current, others) : openStatus(current, others)
}

function dateEdits({ path, table, cells }: TaskRow, column: number, at: Timestamp): Edit[] {
  const cell = cells[column]
  if (cell === undefined || !isEmpty(cell)) return []
  return cellEdit(path, cell, cellsIn(table.table, column), at.slice(0, 10))
}

/** Bold or code markup around the whole cell. */
const MARKUP = /^(\*\*|`)(.+)\1$/
