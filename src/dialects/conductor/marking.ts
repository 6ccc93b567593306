import type { Edit } from '../../plan/edit.ts'
import type { Marker, Plan, Task } from '../../plan/plan.ts'
import { doneMark, openMark } from '../marks.ts'
import { replaceSpan } from './text-span.ts'

/** The edits that mark a task and its sub-tasks done in the style of the file. */
export function markDoneEdits(plan: Plan, task: Task): Edit[] {
  // Conductor writes a lower-case x, so that decides if the file has no done marks yet.
  const marks = [...marksOf(plan), '[x]']
  return markEdits(task, isTodo, ({ text }) => doneMark(marks, text))
}

/** The edits that mark a task and its sub-tasks open again. */
export function markOpenEdits(task: Task): Edit[] {
  return markEdits(
    task,
    ({ state }) => state === 'done' || state === 'doing',
    ({ text }) => openMark(text),
  )
}

/** The edit that marks an open task as in progress. */
export function markStartedEdits(plan: Plan, task: Task): Edit[] {
  const [own] = task.markers
  if (own?.state !== 'open' || !own.text.startsWith('[')) return []
  return replaceSpan(own, marksOf(plan).find(mark => mark === '[/]') ?? '[~]')
}

/** The edits of the markers that `wants` selects. A dropped sub-task stays dropped, but the task's own marker always changes. */
function markEdits(
  { markers }: Task,
  wants: (part: Marker) => boolean,
  mark: (marker: Marker) => string,
): Edit[] {
  return markers
    .filter((marker, at) => wants(marker) || (at === 0 && marker.state === 'other'))
    .flatMap(marker => replaceSpan(marker, mark(marker)))
}

function isTodo({ state }: Marker): boolean {
  return state === 'open' || state === 'doing'
}

function marksOf(plan: Plan): string[] {
  return plan.tasks.flatMap(({ markers }) => markers.map(({ text }) => text))
}
