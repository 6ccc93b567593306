import type { Row } from '../markdown.ts'
import { stripMarkup } from './task-text.ts'

/** The dependencies in tables with a column such as "Depends on": by row, the ids that come first, and those that wait. */
export function tableDependencies(
  rows: readonly Row[],
  idsIn: (text: string) => string[],
): [earlier: string[], later: string[]][] {
  const pairs: [string[], string[]][] = []
  let columns: Columns | undefined
  for (const [at, row] of rows.entries()) {
    if (row.kind !== 'text' || !row.text.includes('|')) {
      columns = undefined
      continue
    }
    const cells = cellsOf(row.text)
    const next = rows[at + 1]
    if (next?.kind === 'text' && RULE.test(next.text)) columns = columnsOf(cells)
    else if (columns !== undefined && !RULE.test(row.text))
      pairs.push(...pairsIn(cells, columns, idsIn))
  }
  return pairs
}

interface Columns {
  task: number
  needs: number
  blocks: number
}

function columnsOf(cells: readonly string[]): Columns | undefined {
  const column = (head: RegExp) => cells.findIndex(cell => head.test(cell))
  const columns = { task: column(TASK), needs: column(NEEDS), blocks: column(BLOCKS) }
  return columns.task >= 0 && columns.needs + columns.blocks > -2 ? columns : undefined
}

function pairsIn(
  cells: readonly string[],
  { task, needs, blocks }: Columns,
  idsIn: (text: string) => string[],
): [string[], string[]][] {
  const ids = (column: number) => (column < 0 ? [] : idsIn(cells[column] ?? ''))
  const own = ids(task)
  const pairs: [string[], string[]][] = [
    [ids(needs), own],
    [own, ids(blocks)],
  ]
  return pairs.filter(([earlier, later]) => earlier.length > 0 && later.length > 0)
}

function cellsOf(text: string): string[] {
  const inner = text.trim().replace(/^\|/, '').replace(/\|$/, '')
  return inner.split(/(?<!\\)\|/).map(cell => stripMarkup(cell))
}

const TASK = /^(tasks?|ids?|task ids?|#|任务|任务编号|タスク)$/i
const NEEDS =
  /^(depends( on)?|dependenc(y|ies)|deps|blocked by|prerequisites?|requires|needs|after|依赖|前置任务|依存)$/i
const BLOCKS = /^(blocks|unblocks|blocking)$/i
const RULE = /^[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?$/
