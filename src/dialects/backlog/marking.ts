import type { Change, Edit } from '../../plan/edit.ts'
import type { Marker, Plan, Task } from '../../plan/plan.ts'
import type { Timestamp, WorkspaceReader } from '../dialect.ts'
import { groupsAround, groupsEndedBy, revertWithGroups } from '../groups-around.ts'
import { openMark } from '../marks.ts'
import { doneStatus, openStatus, startedStatus } from './config.ts'
import { frontMatterOf, scalarIn } from './front-matter.ts'
import { backlogConfig } from './read.ts'

/** The edits when a task starts: its status, if the board has a column for it. */
export function startTask(
  reader: WorkspaceReader,
  { feature }: Plan,
  task: Task,
  at: Timestamp,
): Edit[] {
  const status = startedStatus(backlogConfig(reader, feature.dir))
  if (status === undefined || task.markers[0]?.state !== 'open') return []
  return withDate(reader, task, statusEdits(reader, task, status), at)
}

/** The edits that mark a task done: its status and its criteria, and every group whose last part it is. */
export function finishTask(reader: WorkspaceReader, plan: Plan, task: Task, at: Timestamp): Edit[] {
  const status = doneStatus(backlogConfig(reader, plan.feature.dir))
  const groups = groupsEndedBy(plan, task, isOver)
  return [task, ...groups].flatMap(one => {
    const [, ...boxes] = one.markers
    const state = one.markers[0]?.state === 'done' ? [] : statusEdits(reader, one, status)
    const ticks = boxes.flatMap(box => (box.state === 'done' ? [] : boxEdits(box, '[x]')))
    return withDate(reader, one, [...state, ...ticks], at)
  })
}

/** The edits that mark a task open again, and the groups around it. */
export function reopenTask(
  reader: WorkspaceReader,
  plan: Plan,
  task: Task,
  done: readonly Change[] | undefined,
): Edit[] {
  const reverted = revertWithGroups(reader, plan, task, done)
  if (reverted) return reverted
  const status = openStatus(backlogConfig(reader, plan.feature.dir))
  const groups = groupsAround(plan, task).filter(({ markers }) => markers[0]?.state === 'done')
  const [, ...boxes] = task.markers
  return [
    ...[task, ...groups].flatMap(one => statusEdits(reader, one, status)),
    ...boxes.flatMap(box => boxEdits(box, openMark(box.text))),
  ]
}

function isOver({ markers }: Task): boolean {
  const state = markers[0]?.state
  return state === 'done' || state === 'other'
}

function boxEdits({ path, line, start, end, text }: Marker, to: string): Edit[] {
  return text === to ? [] : [{ path, line, start, end, from: text, to }]
}

/** The status with the quotes that it has; a missing one gets a line of its own. */
function statusEdits(reader: WorkspaceReader, { markers: [marker] }: Task, status: string): Edit[] {
  if (marker === undefined) return []
  const { path, line, start, end, text } = marker
  const quote = /^(["']).*\1$/s.exec(text)?.[1] ?? (PLAIN.test(status) ? '' : "'")
  const value = `${quote}${status}${quote}`
  const [lineEnd = '\n'] = /\r\n|\n|\r/.exec(reader.read(path) ?? '') ?? []
  const to = text === '' ? `status: ${value}${lineEnd}` : value
  return text === to ? [] : [{ path, line, start, end, from: text, to }]
}

/** The edits with the date of the change, as Backlog.md writes it. */
function withDate(
  reader: WorkspaceReader,
  { location: { path } }: Task,
  edits: Edit[],
  at: Timestamp,
): Edit[] {
  if (edits.length === 0) return []
  const source = reader.read(path) ?? ''
  const front = frontMatterOf(source)
  if ('text' in front) return edits
  const [updated, created] = ['updated_date', 'created_date'].map(key =>
    scalarIn(front, key, source),
  )
  const known = updated ?? created
  if (known === undefined) return edits
  const date = at.slice(0, known.value.includes(':') ? 16 : 10).replace('T', ' ')
  const quote = /^["']/.exec(known.text)?.[0] ?? ''
  const { line, start, text } = known
  const to = `${quote}${date}${quote}`
  if (updated)
    return text === to
      ? edits
      : [...edits, { path, line, start, end: start + text.length, from: text, to }]
  const rest = /[^\r\n]*(\r\n|\n|\r)/y
  rest.lastIndex = start
  const [, lineEnd = '\n'] = rest.exec(source) ?? []
  const next = rest.lastIndex
  const added = { path, line: line + 1, start: next, end: next, from: '' }
  return [...edits, { ...added, to: `updated_date: ${to}${lineEnd}` }]
}

const PLAIN = /^[\p{L}\p{N}][\p{L}\p{N} _-]*$/u
