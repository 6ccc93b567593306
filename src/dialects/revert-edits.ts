import type { Change, Edit } from '../plan/edit.ts'
import type { Plan, Task } from '../plan/plan.ts'
import type { WorkspaceReader } from './dialect.ts'

/**
 * The edits that take back, to the byte, what finishing or reopening a task has written; `undefined` when the task's
 * own file does not say that any more. In another file what was overwritten since is left as it is.
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
  const places = new Set(own.map(({ offset }) => offset))
  // After a change by hand the same characters may stand there for another task.
  const isForeign = plan.tasks.some(
    ({ id, markers }) => id !== task.id && markers.some(({ start }) => places.has(start)),
  )
  const source = reader.read(path) ?? ''
  const isMine =
    own.length === 0 ||
    own.some(({ line }) => line === task.location.line) ||
    task.markers.some(({ start }) => isBeside(source, start, own))
  if (isForeign || !isMine || !stands(reader, path, own)) return undefined
  return files.flatMap(file => {
    const written = changes.filter(change => change.path === file)
    return stands(reader, file, written) ? written.map(inverse) : []
  })
}

function stands(reader: WorkspaceReader, path: string, changes: readonly Change[]): boolean {
  const source = reader.read(path) ?? ''
  return changes.every(({ offset, to }) => offset !== undefined && source.startsWith(to, offset))
}

/** A tick that was taken away leaves its line as the only trace. */
function isBeside(source: string, start: number, changes: readonly Change[]): boolean {
  return changes.some(({ offset = start }) => {
    const between = source.slice(Math.min(start, offset), Math.max(start, offset))
    return !/[\r\n]/.test(between)
  })
}

function inverse({ path, line, offset = 0, from, to }: Change): Edit {
  return { path, line, start: offset, end: offset + to.length, from: to, to: from }
}
