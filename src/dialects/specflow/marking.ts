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

/** The edits that mark `task` done everywhere in the file, each place in its own style. */
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
    ...taskRows(rows, plan, task).flatMap(row => finishRow(row, at)),
    ...countingEdits(rows, plan, task, true),
  ]
}

/** The edits that mark `task` open again everywhere in the file. */
export function reopenEdits(reader: WorkspaceReader, plan: Plan, task: Task): Edit[] {
  if (task.markers.every(({ state }) => state === 'open')) return []
  const rows = rowsFor(reader, task)
  return [
    ...lineEdits(plan, task, 'open'),
    ...taskRows(rows, plan, task).flatMap(reopenRow),
    ...countingEdits(rows, plan, task, false),
  ]
}

/** The edits that mark `task` as started, if a table of the file has a column or a status for that. */
export function startEdits(reader: WorkspaceReader, plan: Plan, task: Task, at: Timestamp): Edit[] {
  if (task.markers.some(({ state }) => state === 'done')) return []
  const rows = rowsFor(reader, task)
  return taskRows(rows, plan, task).flatMap(row => startRow(row, at))
}

/** The edits that mark the whole feature as completed. */
export function finishFeatureEdits(reader: WorkspaceReader, plan: Plan): Edit[] {
  const [task] = plan.tasks
  return task === undefined ? [] : completionEdits(task.location.path, rowsFor(reader, task))
}

function rowsFor(reader: WorkspaceReader, { location }: Task): readonly Row[] {
  return rowsOf(reader.read(location.path) ?? '')
}

function taskRows(rows: readonly Row[], plan: Plan, { id, location }: Task): TaskRow[] {
  const ids = new TaskIdIndex(plan.tasks.map(task => task.id))
  return progressTables(rows, ids).flatMap(table => {
    const cells = table.byTask.get(id)
    return cells === undefined ? [] : [{ path: location.path, table, cells }]
  })
}

/** The edits of everything that counts tasks: the front matter and the summary rows. */
function countingEdits(rows: readonly Row[], plan: Plan, task: Task, toDone: boolean): Edit[] {
  const { path } = task.location
  const ids = plan.tasks.map(({ id }) => id)
  const doneCount = doneCountOf(plan, ids, task, toDone)
  return [...countEdits(path, rows, doneCount), ...summaryRowEdits(path, rows, plan, task, toDone)]
}
