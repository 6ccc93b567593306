import type { Change, Edit } from '../../plan/edit.ts'
import type { Plan, Task } from '../../plan/plan.ts'
import type { WorkspaceReader } from '../dialect.ts'
import { revertEdits } from '../revert-edits.ts'
import { markDoneEdits, markOpenEdits } from '../task-list/marking.ts'

/** The edits that mark a task done, and every group whose last part it is. */
export function finishNumbered(plan: Plan, task: Task): Edit[] {
  const finished = new Set([task.id])
  const tasks = new Map(plan.tasks.map(one => [one.id, one]))
  const groups = groupsAround(plan, task).filter(({ id: group, parts = [] }) => {
    const isOver = parts.every(id => finished.has(id) || isFinished(tasks.get(id)))
    if (isOver) finished.add(group)
    return isOver
  })
  return [task, ...groups].flatMap(one => markDoneEdits(plan, one, '[x]'))
}

/** The edits that mark a task open again, and the groups around it. */
export function reopenNumbered(
  reader: WorkspaceReader,
  plan: Plan,
  task: Task,
  done: readonly Change[] | undefined,
): Edit[] {
  const groups = groupsAround(plan, task)
  // If a human had ticked the task before, only a group got a mark.
  for (const one of done ? [task, ...groups] : []) {
    const reverted = revertEdits(reader, plan, one, done ?? [])
    if (reverted) return reverted
  }
  return [task, ...groups.filter(isTicked)].flatMap(markOpenEdits)
}

/** The edits that mark a task as in progress: an empty box becomes `[-]`. */
export function startNumbered({ markers }: Task): Edit[] {
  return markers
    .filter(({ state, text }) => state === 'open' && EMPTY.test(text))
    .map(({ path, line, start, end, text }) => ({ path, line, start, end, from: text, to: '[-]' }))
}

/** The groups that contain the task, the innermost first. */
function groupsAround(plan: Plan, { id }: Task): Task[] {
  const around: Task[] = []
  let inner = id
  for (const task of plan.tasks.toReversed()) {
    if (task.parts?.includes(inner) !== true) continue
    around.push(task)
    inner = task.id
  }
  return around
}

function isFinished(task: Task | undefined): boolean {
  const state = task?.markers[0]?.state
  return task?.optional === true || state === 'done' || state === 'other'
}

function isTicked({ markers }: Task): boolean {
  return markers.some(({ state }) => state === 'done')
}

const EMPTY = /^\[ ?\]$/
