import type { Edit } from '../../plan/edit.ts'
import type { Marker, Plan, Task } from '../../plan/plan.ts'
import { doneMark, openMark } from '../marks.ts'
import { replaceSpan } from './text-span.ts'

/** The edits that tick a task and its sub-tasks in the style of the file. */
export function markDoneEdits(plan: Plan, task: Task): Edit[] {
  // Plans of this kind write a small x, also before the first one is there.
  const marks = [...marksOf(plan), '[x]']
  return changed(
    task,
    part => isTodo(part),
    ({ text }) => doneMark(marks, text),
  )
}

/** The edits that open a task and its sub-tasks again: all of it is to be done once more. */
export function markOpenEdits(task: Task): Edit[] {
  return changed(
    task,
    ({ state }) => state === 'done' || state === 'doing',
    ({ text }) => openMark(text),
  )
}

/** The edit that says of an open task that somebody works on it. */
export function markStartedEdits(plan: Plan, task: Task): Edit[] {
  const [own] = task.markers
  if (own?.state !== 'open' || !own.text.startsWith('[')) return []
  return replaceSpan(own, marksOf(plan).find(mark => mark === '[/]') ?? '[~]')
}

/** A sub-task that the author has dropped stays dropped; the task itself is done whatever it was. */
function changed(
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
