import { PART_OF } from '../plan/groups.ts'
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

/** The tasks, with what their group says in their description: nobody works on the group itself. */
export function withGroupTexts(tasks: readonly Task[]): Task[] {
  const around = new Map<string, Task>()
  return tasks.map(task => {
    const group = around.get(task.id)
    const complete = group === undefined ? task : { ...task, ...descriptionInGroup(task, group) }
    for (const part of task.parts ?? []) around.set(part, complete)
    return complete
  })
}

/** The description of a task in a group, which also says what it is a part of. */
export function descriptionInGroup(
  { description }: Pick<Task, 'description'>,
  { id, title, description: more = '' }: Task,
): Pick<Task, 'description'> {
  const whole = `${PART_OF}${id}, ${title}${more === '' ? '.' : `: ${more}`}`
  const around = whole.length > MAX_AROUND ? `${whole.slice(0, MAX_AROUND)}…` : whole
  return { description: [description, around].filter(Boolean).join('\n\n') }
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
/** Of the text of the group around a task; the whole text is in the file. */
const MAX_AROUND = 1_500
