import type { Change, Edit } from '../../plan/edit.ts'
import type { Marker, MarkState, Plan, Task } from '../../plan/plan.ts'
import type { WorkspaceReader } from '../dialect.ts'
import { groupsAround } from '../groups-around.ts'
import { finishNumbered, reopenNumbered } from '../numbered-list/marking.ts'
import { revertEdits } from '../revert-edits.ts'
import { doneStatus, openStatus } from '../task-list/status-words.ts'
import { isHeadingSign } from './heading-signs.ts'

/** The edits that mark a task done: its boxes, and the status of a stage. */
export function finishEntry(plan: Plan, task: Task): Edit[] {
  // Without a sign that is a box for sure in the file, a tick would only decorate its line.
  const usesTicks = hasOtherBoxes(plan, task)
  const boxes = finishNumbered(plan, withoutWords(task))
  return [
    ...boxes.map(edit => {
      if (isHeadingSign(edit.from)) return { ...edit, to: '✅' }
      return edit.to === '✅' && !usesTicks ? { ...edit, to: '☑' } : edit
    }),
    ...statusEdits(task, 'done', current => doneStatus(current, wordsIn(plan), 'Complete')),
  ]
}

/** The edits that mark a task open again. */
export function reopenEntry(
  reader: WorkspaceReader,
  plan: Plan,
  task: Task,
  done: readonly Change[] | undefined,
): Edit[] {
  if (!task.markers.some(isWord)) return reopenNumbered(reader, plan, task, done)
  return (
    (done && revertEdits(reader, plan, task, done)) ?? [
      ...reopenNumbered(reader, plan, withoutWords(task), undefined),
      ...statusEdits(task, 'open', current => openStatus(current, wordsIn(plan), 'Not Started')),
    ]
  )
}

function hasOtherBoxes(plan: Plan, task: Task): boolean {
  const own = new Set([task, ...groupsAround(plan, task)].map(({ id }) => id))
  const others = plan.tasks.filter(({ id }) => !own.has(id))
  return others.some(({ markers }) => markers.some(({ text }) => SURE_BOX.test(text)))
}

function statusEdits(
  { markers }: Task,
  wanted: MarkState,
  wordFor: (current: string) => string,
): Edit[] {
  return markers
    .filter(marker => isWord(marker) && marker.state !== wanted)
    .map(({ path, line, start, end, text }) => ({
      path,
      line,
      start,
      end,
      from: text,
      to: wordFor(text),
    }))
}

function withoutWords(task: Task): Task {
  return { ...task, markers: task.markers.filter(marker => !isWord(marker)) }
}

function wordsIn({ tasks }: Plan): string[] {
  return tasks.flatMap(({ markers }) => markers.filter(isWord)).map(({ text }) => text)
}

/** Is it the status of a stage, and no box? */
function isWord({ text }: Marker): boolean {
  return /^[^[]*\p{L}{2}/u.test(text)
}

const SURE_BOX = /^[☐⬜☑☒]$/u
