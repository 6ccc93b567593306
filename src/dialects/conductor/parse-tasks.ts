import type { Marker, Problem, Task } from '../../plan/plan.ts'
import type { Row } from '../markdown.ts'
import { detailsOf } from '../task-list/details.ts'
import type { ListEntry } from '../task-list/list-entries.ts'
import type { Heading } from '../task-list/heading.ts'
import { ownDependencies } from '../task-list/dependencies.ts'
import { filesNamedIn } from '../task-list/files.ts'
import { statedFiles } from '../task-list/stated-files.ts'
import { phaseHeadings } from '../task-list/phases.ts'
import { unknownSigns } from '../task-list/unread-lines.ts'
import { shownState } from '../task-list/dropped.ts'
import { assignTrackTaskIds } from './ids.ts'
import type { TaskLine } from './task-lines.ts'
import { isVerification, withoutProgress, parseTaskTitle } from './task-title.ts'

/** A task whose kind is not known yet, because it depends on its phase. */
export interface TrackTask {
  task: Omit<Task, 'kind' | 'kindReason'>
  heading: Heading | undefined
  subtasks: string[]
}

/** Parses every task of the file, and reports repeated ids. */
export function parseTrackTasks(
  rows: readonly Row[],
  lines: readonly TaskLine[],
  path: string,
): { parsed: TrackTask[]; problems: Problem[] } {
  const headings = phaseHeadings(lines.map(({ entry }) => entry))
  const titles = lines.map(({ entry }) => parseTaskTitle(entry.rest))
  const sources = lines.map(({ entry }, at) => ({
    own: titles[at]?.id,
    phase: headings[at],
    line: entry.row.line,
  }))
  const { ids, problems } = assignTrackTaskIds(sources, path)
  const known = new Set(ids)
  const parsed = lines.map((line, at): TrackTask => {
    const heading = headings[at]
    const subtasks = line.subtasks.map(part => parseTaskTitle(part.rest).title)
    const next = lines[at + 1]?.entry.index ?? rows.length
    const title = titles[at]?.title ?? ''
    const { stated, ...content } = contentOf(rows, line.entry, next, known)
    const task = {
      ...content,
      // A verification task refers to workflow.md, but does not change it.
      ...(isVerification(title) ? { files: [] } : {}),
      id: ids[at] ?? '',
      title,
      phase: heading === undefined ? '' : withoutProgress(heading.text),
      parallel: false,
      acceptance: [...subtasks, ...stated],
      location: { path, line: line.entry.row.line },
      markers: [line.entry, ...line.subtasks].flatMap(entry => markerOf(entry, path)),
    }
    return { task, heading, subtasks }
  })
  const unread = unknownSigns(lines.flatMap(({ entry, subtasks }) => [entry, ...subtasks]))
  return {
    parsed,
    problems: [...problems, ...unread.map(one => ({ ...one, path, isUnread: true }))],
  }
}

interface Content extends Pick<Task, 'description' | 'files' | 'dependsOn'> {
  stated: string[]
}

function contentOf(
  rows: readonly Row[],
  entry: ListEntry,
  next: number,
  known: ReadonlySet<string>,
): Content {
  const { lines, description, stated } = detailsOf(rows, entry, next)
  const text = [entry.rest, ...lines].join('\n')
  return {
    stated,
    files: statedFiles(entry.rest, lines) ?? filesNamedIn(text),
    dependsOn: [...new Set(ownDependencies(text, known))].filter(id => known.has(id)),
    ...(description === '' ? {} : { description }),
  }
}

function markerOf({ row, box }: ListEntry, path: string): Marker[] {
  if (box === undefined) return []
  const { text, at } = box
  const state = shownState(box)
  const start = row.start + at
  return [{ path, line: row.line, text, state, start, end: start + text.length }]
}
