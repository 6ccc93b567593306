import type { Change, Edit } from '../plan/edit.ts'
import type { Plan, Task } from '../plan/plan.ts'
import type { WorkspaceReader } from './dialect.ts'

/**
 * The edits that revert, to the byte, what finishing or reopening a task wrote; `undefined` if the task's own file no longer
 * contains those changes. Another file that was overwritten since is left as it is.
 */
export function revertEdits(
  reader: WorkspaceReader,
  plan: Plan,
  task: Task,
  changes: readonly Change[],
): Edit[] | undefined {
  const { path } = task.location
  const files = [...new Set(changes.map(change => change.path))]
  const own = changes.filter(change => change.path === path)
  const offsets = new Set(own.map(({ offset }) => offset))
  // After an edit by hand, the same characters at the same offset may belong to another task. A group is ticked with its last part.
  const isOfOtherTask = plan.tasks.some(
    ({ id, markers, parts }) =>
      id !== task.id &&
      parts === undefined &&
      markers.some(mark => mark.path === path && offsets.has(mark.start)),
  )
  const source = reader.read(path) ?? ''
  const isOfTask =
    own.length === 0 ||
    own.some(({ line }) => line === task.location.line) ||
    task.markers.some(({ start }) => isOnSameLine(source, start, own))
  if (isOfOtherTask || !isOfTask || !isPresent(reader, path, own)) return undefined
  return files.flatMap(file => {
    const written = changes.filter(change => change.path === file)
    return isPresent(reader, file, written) ? written.map(inverse) : []
  })
}

/** Whether the file still contains what every change wrote. */
function isPresent(reader: WorkspaceReader, path: string, changes: readonly Change[]): boolean {
  const source = reader.read(path) ?? ''
  return changes.every(({ offset, to }) => offset !== undefined && source.startsWith(to, offset))
}

/** Whether a marker is on the line of a change. A tick that was removed leaves no other trace than its line. */
function isOnSameLine(source: string, start: number, changes: readonly Change[]): boolean {
  return changes.some(({ offset = start }) => {
    const between = source.slice(Math.min(start, offset), Math.max(start, offset))
    return !/[\r\n]/.test(between)
  })
}

function inverse({ path, line, offset = 0, from, to }: Change): Edit {
  return { path, line, start: offset, end: offset + to.length, from: to, to: from }
}
