import type { Marker } from '../../plan/plan.ts'
import type { Row } from '../markdown.ts'
import type { ListEntry } from '../task-list/list-entries.ts'
import { shownState, type Signs } from '../task-list/dropped.ts'
import { boxAt } from '../task-list/task-text.ts'

/** The boxes inside a task as marks of the task, without those that are tasks themselves, inside one, or dropped. `tasks`: row indices. */
export function subBoxes(
  rows: readonly Row[],
  entry: ListEntry,
  path: string,
  tasks: ReadonlySet<number>,
  signs?: Signs,
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
    const { text } = box
    const state = shownState(box, signs)
    // A part that was dropped stays as it is.
    if (state === 'other') continue
    markers.push({ path, line: row.line, text, state, start, end: start + text.length })
  }
  return markers
}
