import type { Marker } from '../../plan/plan.ts'
import type { Row } from '../markdown.ts'
import type { ListEntry } from '../task-list/list-entries.ts'
import { boxAt } from '../task-list/task-text.ts'

/** The boxes inside a task as marks of the task, without those that are tasks themselves or inside one. `tasks`: row indices. */
export function subBoxes(
  rows: readonly Row[],
  entry: ListEntry,
  path: string,
  tasks: ReadonlySet<number>,
): Marker[] {
  const markers: Marker[] = []
  let inner = Infinity
  for (let index = entry.index + 1; index < rows.length; index += 1) {
    const row = rows[index]
    if (row === undefined || row.kind === 'heading') break
    if (row.kind !== 'item') continue
    if (row.level <= entry.row.level) break
    if (row.level <= inner) inner = tasks.has(index) ? row.level : Infinity
    const box = inner === Infinity ? boxAt(row.text, row.content) : undefined
    if (box === undefined) continue
    const start = row.start + box.at
    const { text, state } = box
    markers.push({ path, line: row.line, text, state, start, end: start + text.length })
  }
  return markers
}
