import type { Edit } from '../../plan/edit.ts'
import type { Plan, Task } from '../../plan/plan.ts'
import type { Timestamp, WorkspaceReader } from '../dialect.ts'
import { rowsOf, type Row } from '../markdown.ts'
import { completionEdits, countEdits } from './front-matter.ts'
import { TaskIdIndex } from './task-id-index.ts'
import { lineEdits } from './line-edits.ts'
import { progressTables } from './progress-table.ts'
import { summaryRowEdits } from './summary-rows.ts'
import { finishRow, reopenRow, startRow, type TaskRow } from './table-edits.ts'
import { doneCountOf } from './done-count.ts'

/** The edits that mark `task` done everywhere in the file, each place in its own words. */
export function finishEdits(
  reader: WorkspaceReader,
  plan: Plan,
  task: Task,
  at: Timestamp,
): Edit[] {
  if (task.markers.every(({ state }) => state === 'done')) return []
  const rows = rowsFor(reader, task)
  return [
    ...lineEdits(plan, task, 'done'),
    ...entriesOf(rows, plan, task).flatMap(entry => finishRow(entry, at)),
    ...sumEdits(rows, plan, task, true),
  ]
}

/** The edits that take all of that back. */
export function reopenEdits(reader: WorkspaceReader, plan: Plan, task: Task): Edit[] {
  if (task.markers.every(({ state }) => state === 'open')) return []
  const rows = rowsFor(reader, task)
  return [
    ...lineEdits(plan, task, 'open'),
    ...entriesOf(rows, plan, task).flatMap(reopenRow),
    ...sumEdits(rows, plan, task, false),
  ]
}

/** The edits that say that `task` is begun, where the file's table has a place or a word for it. */
export function startEdits(reader: WorkspaceReader, plan: Plan, task: Task, at: Timestamp): Edit[] {
  if (task.markers.some(({ state }) => state === 'done')) return []
  const rows = rowsFor(reader, task)
  return entriesOf(rows, plan, task).flatMap(entry => startRow(entry, at))
}

/** The edits that say that the whole feature is done. */
export function finishFeatureEdits(reader: WorkspaceReader, plan: Plan): Edit[] {
  const [task] = plan.tasks
  return task === undefined ? [] : completionEdits(task.location.path, rowsFor(reader, task))
}

function rowsFor(reader: WorkspaceReader, { location }: Task): Row[] {
  return rowsOf(reader.read(location.path) ?? '')
}

function entriesOf(rows: readonly Row[], plan: Plan, { id, location }: Task): TaskRow[] {
  const ids = new TaskIdIndex(plan.tasks.map(task => task.id))
  return progressTables(rows, ids).flatMap(table => {
    const cells = table.byTask.get(id)
    return cells === undefined ? [] : [{ path: location.path, table, cells }]
  })
}

/** What counts tasks: the front matter, and the rows that sum up a group. */
function sumEdits(rows: readonly Row[], plan: Plan, task: Task, toDone: boolean): Edit[] {
  const { path } = task.location
  const ids = plan.tasks.map(({ id }) => id)
  const tally = doneCountOf(plan, ids, task, toDone)
  return [...countEdits(path, rows, tally), ...summaryRowEdits(path, rows, plan, task, toDone)]
}
