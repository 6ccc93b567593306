import type { Edit } from '../../plan/edit.ts'
import type { Plan, Task } from '../../plan/plan.ts'
import type { Row } from '../markdown.ts'
import { cellEdit, contentOf } from './cell-edits.ts'
import { doneStatus, openStatus, parseStatus } from '../task-list/status-words.ts'
import { cellsIn, columnOf, tablesOf, type Cell, type Table } from '../tables.ts'
import { statusAfter, doneCountOf, type DoneCount } from './done-count.ts'

/** A table row that summarizes a group of tasks, or all of them. */
export interface SummaryRow {
  table: Table
  name: string
  /** Ids of the tasks that it counts. */
  tasks: string[]
  count: { cell: Cell; done: number } | undefined
  status: Cell | undefined
}

/** The rows of summary tables such as `Group | Tasks | Completed | Status`. */
export function summaryRows(rows: readonly Row[], plan: Pick<Plan, 'phases'>): SummaryRow[] {
  return tablesOf(rows).flatMap(table => {
    const group = columnOf(table, /^(group|phase|wave)\b/i)
    const count = columnOf(table, /^(completed|done|finished)\b/i)
    const status = columnOf(table, /^(status|state)\b/i)
    if (group === -1 || (count === -1 && status === -1)) return []
    return table.body.flatMap(cells => {
      const name = cells[group]?.text ?? ''
      const tasks = tasksOf(name, plan)
      if (tasks === undefined) return []
      return [{ table, name, tasks, count: countIn(cells[count]), status: cells[status] }]
    })
  })
}

/** The edits of the rows that count `task`. A count that was already wrong is reported as a problem and not written. */
export function summaryRowEdits(
  path: string,
  rows: readonly Row[],
  plan: Plan,
  task: Task,
  toDone: boolean,
): Edit[] {
  const affected = summaryRows(rows, plan).filter(({ tasks }) => tasks.includes(task.id))
  return affected.flatMap(row => {
    const doneCount = doneCountOf(plan, row.tasks, task, toDone)
    return [...countEdits(path, row, doneCount), ...statusEdits(path, row, doneCount)]
  })
}

function countEdits(path: string, { table, count }: SummaryRow, doneCount: DoneCount): Edit[] {
  if (count === undefined || count.done !== doneCount.before) return []
  const { text } = contentOf(count.cell)
  const next = text.replace(/\d+/, String(doneCount.after))
  return cellEdit(path, count.cell, columnWith(table, count.cell), next)
}

function statusEdits(path: string, { table, status }: SummaryRow, doneCount: DoneCount): Edit[] {
  const wanted = statusAfter(doneCount)
  if (status === undefined || wanted === undefined) return []
  const { text } = contentOf(status)
  const state = parseStatus(text)
  if (state === undefined || state === 'other' || state === wanted) return []
  const column = columnWith(table, status)
  const others = column.slice(1).map(cell => contentOf(cell).text)
  const next = wanted === 'done' ? doneStatus(text, others) : openStatus(text, others)
  return cellEdit(path, status, column, next)
}

function columnWith(table: Table, cell: Cell): Cell[] {
  const cells = table.body.find(row => row.includes(cell)) ?? []
  return cellsIn(table, cells.indexOf(cell))
}

function countIn(cell: Cell | undefined): SummaryRow['count'] {
  const done = /^(\d+)(\s*\/\s*\d+)?$/.exec(cell?.text ?? '')?.[1]
  return cell === undefined || done === undefined ? undefined : { cell, done: Number(done) }
}

/** The tasks of the phase that a row names by its number, its topic or both; all tasks for a total; `undefined` if it is ambiguous. */
function tasksOf(name: string, { phases }: Pick<Plan, 'phases'>): string[] | undefined {
  if (/^(total|overall|all)\b/i.test(name)) return phases.flatMap(({ tasks }) => tasks)
  const wanted = normalized(name)
  const matching = phases.filter(phase => {
    const name = normalized(phase.name)
    const topic = name.replace(/^(group|phase|wave) [\w.]+ /, '')
    const number = /^(?:group|phase|wave) ([\w.]+)/.exec(name)
    const short = [name, topic, number?.[0], number?.[1]]
    return short.includes(wanted) || (wanted !== '' && wanted.startsWith(`${number?.[0]} `))
  })
  return matching.length === 1 ? matching[0]?.tasks : undefined
}

function normalized(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}.]+/gu) ?? []
  return words.join(' ')
}
