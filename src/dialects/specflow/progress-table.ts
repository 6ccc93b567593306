import type { Marker } from '../../plan/plan.ts'
import type { Row } from '../markdown.ts'
import { contentOf } from './cell-edits.ts'
import { parseStatus } from '../task-list/status-words.ts'
import { columnOf, tablesOf, type Cell, type Table } from '../tables.ts'
import type { TaskIdIndex } from './task-id-index.ts'

/** A table with a status for each task. */
export interface ProgressTable {
  table: Table
  status: number
  /** Columns of dates, -1 if there are none. */
  started: number
  completed: number
  /** The cells of a task's row, by the task's id. */
  byTask: Map<string, Cell[]>
}

/** The tables that hold the state of tasks: they have a column for the task and one for the status. */
export function progressTables(rows: readonly Row[], ids: TaskIdIndex): ProgressTable[] {
  return tablesOf(rows).flatMap(table => {
    const status = columnOf(table, /^(status|state)\b/i)
    const task = columnOf(table, /^(task|task id|id|#)\b/i)
    if (status === -1 || task === -1) return []
    const byTask = new Map<string, Cell[]>()
    for (const cells of table.body) {
      const id = ids.findLeading(cells[task]?.text ?? '')
      if (id !== undefined && !byTask.has(id)) byTask.set(id, cells)
    }
    const started = columnOf(table, /^started\b/i)
    const completed = columnOf(table, /^(completed|finished)\b/i)
    return byTask.size === 0 ? [] : [{ table, status, started, completed, byTask }]
  })
}

/** The status cells of a task, as markers of its state. */
export function cellMarkers(tables: readonly ProgressTable[], id: string, path: string): Marker[] {
  return tables.flatMap(({ byTask, status }) => {
    const cell = byTask.get(id)?.[status]
    const state = cell && parseStatus(cell.raw)
    if (cell === undefined || state === undefined) return []
    const { start, text } = contentOf(cell)
    return [{ path, line: cell.line, text, state, start, end: start + text.length }]
  })
}
