import type { Edit } from '../../plan/edit.ts'
import type { Marker, Plan, Task } from '../../plan/plan.ts'
import { doneMark, openMark } from '../marks.ts'
import { markDoneEdits, markOpenEdits } from '../task-list/marking.ts'

/** The edits of the box or the tick in the line of the task. */
export function lineEdits(plan: Plan, task: Task, wanted: 'done' | 'open'): Edit[] {
  const own = task.markers.filter(({ line }) => line === task.location.line)
  const ticks = { ...task, markers: own.filter(marker => !isBox(marker)) }
  const marks = plan.tasks.flatMap(({ markers }) => markers.map(({ text }) => text))
  return [
    ...own.filter(isBox).flatMap(marker => boxEdit(marker, marks, wanted)),
    ...(wanted === 'done' ? markDoneEdits(plan, ticks) : markOpenEdits(ticks)),
  ]
}

/** A marker for a tick includes the space beside it, or is empty if there is no tick. */
function isBox({ text }: Marker): boolean {
  return text !== '' && text === text.trim()
}

function boxEdit(marker: Marker, marks: readonly string[], wanted: 'done' | 'open'): Edit[] {
  const { path, line, start, end, text, state } = marker
  if (state === wanted) return []
  // SpecFlow's template uses lower case, which decides a tie.
  const to = wanted === 'done' ? doneMark([...marks, '[x]'], text) : openMark(text)
  return to === text ? [] : [{ path, line, start, end, from: text, to }]
}
