import { formatList } from '../plan/format-list.ts'
import type { Change, Edit } from '../plan/edit.ts'
import type { Plan, Task } from '../plan/plan.ts'
import type { WorkspaceReader } from './dialect.ts'
import { revertEdits } from './revert-edits.ts'

/** The task as a group: it only groups its parts. */
export function asGroup(task: Task, parts: readonly string[]): Task {
  return {
    ...task,
    kind: 'check',
    kindReason: `it groups ${formatList(parts, MAX_LISTED)}`,
    parts: [...parts],
  }
}

/** The groups that contain the task, the innermost first. */
export function groupsAround(plan: Plan, { id }: Task): Task[] {
  const around: Task[] = []
  let inner = id
  for (const task of plan.tasks.toReversed()) {
    if (task.parts?.includes(inner) !== true) continue
    around.push(task)
    inner = task.id
  }
  return around
}

/** The groups whose last part the task is. `isOver`: does a group not wait for this part? */
export function groupsEndedBy(plan: Plan, task: Task, isOver: (part: Task) => boolean): Task[] {
  const finished = new Set([task.id])
  const tasks = new Map(plan.tasks.map(one => [one.id, one]))
  return groupsAround(plan, task).filter(({ id: group, parts = [] }) => {
    const isEnded = parts.every(id => {
      const part = tasks.get(id)
      return finished.has(id) || (part !== undefined && isOver(part))
    })
    if (isEnded) finished.add(group)
    return isEnded
  })
}

/**
 * The edits that revert, to the byte, what finishing the task wrote; `undefined` if that is not possible. If a human had ticked the
 * task before, only a group around it got a mark.
 */
export function revertWithGroups(
  reader: WorkspaceReader,
  plan: Plan,
  task: Task,
  done: readonly Change[] | undefined,
): Edit[] | undefined {
  for (const one of done ? [task, ...groupsAround(plan, task)] : []) {
    const reverted = revertEdits(reader, plan, one, done ?? [])
    if (reverted) return reverted
  }
  return undefined
}

const MAX_LISTED = 5
