import type { Marker, Problem, Task } from '../../plan/plan.ts'
import type { Row } from '../markdown.ts'
import { detailsOf } from '../task-list/details.ts'
import type { ListEntry, Heading } from '../task-list/list-entries.ts'
import { ownDependencies } from '../task-list/dependencies.ts'
import { filesNamedIn } from '../task-list/files.ts'
import { phaseHeadings } from '../task-list/phases.ts'
import { isStruckOut } from '../task-list/task-text.ts'
import { assignTrackTaskIds } from './ids.ts'
import type { TaskLine } from './task-lines.ts'
import { isVerification, withoutProgress, parseTaskTitle } from './task-title.ts'

/** A task before its kind is known. */
export interface TrackTask {
  task: Omit<Task, 'kind' | 'kindReason'>
  heading: Heading | undefined
  subtasks: string[]
}

/** Every task of the file, with the problems of their ids. */
export function parseTrackTasks(
  rows: readonly Row[],
  lines: readonly TaskLine[],
  path: string,
): { drafts: TrackTask[]; problems: Problem[] } {
  const headings = phaseHeadings(lines.map(({ entry }) => entry))
  const wordings = lines.map(({ entry }) => parseTaskTitle(entry.rest))
  const named = lines.map(({ entry }, at) => ({
    own: wordings[at]?.id,
    phase: headings[at],
    line: entry.row.line,
  }))
  const { ids, problems } = assignTrackTaskIds(named, path)
  const known = new Set(ids)
  const drafts = lines.map((line, at): TrackTask => {
    const heading = headings[at]
    const parts = line.subtasks.map(part => parseTaskTitle(part.rest).title)
    const next = lines[at + 1]?.entry.index ?? rows.length
    const title = wordings[at]?.title ?? ''
    const task = {
      ...bodyOf(rows, line.entry, next, known),
      // Its protocol stands in workflow.md; that is no file to change.
      ...(isVerification(title) ? { files: [] } : {}),
      id: ids[at] ?? '',
      title,
      phase: heading === undefined ? '' : withoutProgress(heading.text),
      parallel: false,
      acceptance: parts,
      location: { path, line: line.entry.row.line },
      markers: [line.entry, ...line.subtasks].flatMap(entry => markerOf(entry, path)),
    }
    return { task, heading, subtasks: parts }
  })
  return { drafts, problems }
}

type Body = Pick<Task, 'description' | 'files' | 'dependsOn'>

function bodyOf(
  rows: readonly Row[],
  entry: ListEntry,
  next: number,
  known: ReadonlySet<string>,
): Body {
  const { lines, description } = detailsOf(rows, entry, next)
  const text = [entry.rest, ...lines].join('\n')
  return {
    files: filesNamedIn(text),
    dependsOn: [...new Set(ownDependencies(text, known))].filter(id => known.has(id)),
    ...(description === '' ? {} : { description }),
  }
}

/** Who strikes an open task out has dropped it. */
function markerOf({ row, box, rest }: ListEntry, path: string): Marker[] {
  if (box === undefined) return []
  const { text, at } = box
  const state = box.state === 'open' && isStruckOut(rest) ? 'other' : box.state
  const start = row.start + at
  return [{ path, line: row.line, text, state, start, end: start + text.length }]
}
