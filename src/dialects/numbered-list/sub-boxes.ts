import type { Marker } from '../../plan/plan.ts'
import type { Row } from '../markdown.ts'
import type { ListEntry } from '../task-list/list-entries.ts'
import { boxAt } from '../task-list/task-text.ts'

/** The boxes without a number inside a task, as marks of the task; `next` is the row index of the next task. */
export function subBoxes(
  rows: readonly Row[],
  entry: ListEntry,
  next: number,
  path: string,
): Marker[] {
  const markers: Marker[] = []
  for (let index = entry.index + 1; index < next; index += 1) {
    const row = rows[index]
    if (row === undefined || row.kind === 'heading') break
    if (row.kind === 'item' && row.level <= entry.row.level) break
    const box = row.kind === 'item' ? boxAt(row.text, row.content) : undefined
    if (box === undefined) continue
    const start = row.start + box.at
    const { text, state } = box
    markers.push({ path, line: row.line, text, state, start, end: start + text.length })
  }
  return markers
}
