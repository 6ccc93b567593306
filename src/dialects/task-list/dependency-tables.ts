import type { Row } from '../markdown.ts'
import { tablesOf } from '../tables.ts'

/** The dependencies in tables with a column such as "Depends on": by row, the ids that come first, and those that wait. */
export function tableDependencies(
  rows: readonly Row[],
  idsIn: (text: string) => string[],
): [earlier: string[], later: string[]][] {
  return tablesOf(rows).flatMap(({ header, body }) => {
    const columns = columnsOf(header.map(({ text }) => text))
    if (columns === undefined) return []
    return body.flatMap(cells =>
      pairsIn(
        cells.map(({ text }) => text),
        columns,
        idsIn,
      ),
    )
  })
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

const TASK = /^(tasks?|ids?|task ids?|#|任务|任务编号|タスク)$/i
const NEEDS =
  /^(depends( on)?|dependenc(y|ies)|deps|blocked by|prerequisites?|requires|needs|after|依赖|前置任务|依存)$/i
const BLOCKS = /^(blocks|unblocks|blocking)$/i
