import { findNodeAtOffset } from 'jsonc-parser'
import type { Change, Edit } from '../../plan/edit.ts'
import type { Marker, Plan, Task } from '../../plan/plan.ts'
import type { WorkspaceReader } from '../dialect.ts'
import { groupsAround, groupsEndedBy, revertWithGroups } from '../groups-around.ts'
import { membersOf } from '../json-document.ts'
import { colonOf, gapOf } from '../json-member.ts'
import { isOver } from './states.ts'
import { readTaskFile } from './task-file.ts'

/** The edits when a task starts: it and the tasks around it are in progress, as after `task-master set-status`. */
export function startTask(reader: WorkspaceReader, plan: Plan, task: Task): Edit[] {
  return [task, ...groupsAround(plan, task)]
    .filter(({ markers }) => markers[0]?.state === 'open')
    .flatMap(one => statusEdits(reader, one, 'in-progress'))
}

/** The edits that mark a task done, and every task whose last sub-task it is. */
export function finishTask(reader: WorkspaceReader, plan: Plan, task: Task): Edit[] {
  const ended = groupsEndedBy(plan, task, ({ markers }) => markers.some(isOver))
  return [task, ...ended]
    .filter(({ markers }) => markers[0]?.state !== 'done')
    .flatMap(one => statusEdits(reader, one, 'done'))
}

/** The edits that mark a task open again, and the tasks around it as task-master does. */
export function reopenTask(
  reader: WorkspaceReader,
  plan: Plan,
  task: Task,
  done: readonly Change[] | undefined,
): Edit[] {
  const reverted = revertWithGroups(reader, plan, task, done)
  if (reverted) return reverted
  const begun = new Set(plan.tasks.filter(isBegun).map(({ id }) => id))
  begun.delete(task.id)
  const groups = groupsAround(plan, task).filter(isBegun)
  return [
    ...statusEdits(reader, task, 'pending'),
    ...groups.flatMap(group => {
      const isPartlyDone = group.parts?.some(id => begun.has(id)) === true
      if (!isPartlyDone) begun.delete(group.id)
      return statusEdits(reader, group, isPartlyDone ? 'in-progress' : 'pending')
    }),
  ]
}

function isBegun({ markers }: Task): boolean {
  const state = markers[0]?.state
  return state === 'done' || state === 'doing'
}

function statusEdits(reader: WorkspaceReader, { markers }: Task, word: string): Edit[] {
  return markers.flatMap(marker => {
    const { path, line, start, end, text } = marker
    const value = JSON.stringify(word)
    const to = text === '' ? newMember(reader, marker, value) : value
    return to === text ? [] : [{ path, line, start, end, from: text, to }]
  })
}

/** A status with the spacing of the object that has none. The marker is before one of its members. */
function newMember(reader: WorkspaceReader, { path, start }: Marker, value: string): string {
  const file = readTaskFile(reader, path)
  const object = findNodeAtOffset(file.root, start)?.parent?.parent
  if (object === undefined) return `"status": ${value}, `
  const members = membersOf(object)
  const colon = members[0] === undefined ? ': ' : colonOf(file, members[0])
  return `"status"${colon}${value}${gapOf(file, object, members)}`
}
