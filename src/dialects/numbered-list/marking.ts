import type { Change, Edit } from '../../plan/edit.ts'
import type { Plan, Task } from '../../plan/plan.ts'
import type { WorkspaceReader } from '../dialect.ts'
import { groupsAround, groupsEndedBy, revertWithGroups } from '../groups-around.ts'
import { markDoneEdits, markOpenEdits } from '../task-list/marking.ts'

/** The edits that mark a task done, and every group whose last part it is. */
export function finishNumbered(plan: Plan, task: Task): Edit[] {
  return [task, ...groupsEndedBy(plan, task, isOver)].flatMap(one =>
    markDoneEdits(plan, one, '[x]'),
  )
}

/** The edits that mark a task open again, and the groups around it. */
export function reopenNumbered(
  reader: WorkspaceReader,
  plan: Plan,
  task: Task,
  done: readonly Change[] | undefined,
): Edit[] {
  const groups = groupsAround(plan, task).filter(isTicked)
  return revertWithGroups(reader, plan, task, done) ?? [task, ...groups].flatMap(markOpenEdits)
}

/** The edits that mark a task as in progress: an empty box becomes `[-]`. */
export function startNumbered({ markers }: Task): Edit[] {
  return markers
    .filter(({ state, text }) => state === 'open' && EMPTY.test(text))
    .map(({ path, line, start, end, text }) => ({ path, line, start, end, from: text, to: '[-]' }))
}

function isOver({ optional, markers }: Task): boolean {
  const state = markers[0]?.state
  return optional === true || state === 'done' || state === 'other'
}

function isTicked({ markers }: Task): boolean {
  return markers.some(({ state }) => state === 'done')
}

const EMPTY = /^\[ ?\]$/
