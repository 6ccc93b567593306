import type { Marker, Problem, Task } from '../../plan/plan.ts'
import type { Row } from '../markdown.ts'
import { detailsOf } from '../task-list/details.ts'
import type { ListEntry, Heading } from '../task-list/candidates.ts'
import { ownDependencies } from '../task-list/dependencies.ts'
import { filesNamedIn } from '../task-list/files.ts'
import { phasesOf } from '../task-list/phases.ts'
import { isStruckOut } from '../task-list/tasks.ts'
import { idsOf } from './ids.ts'
import type { TaskLine } from './task-lines.ts'
import { isVerification, withoutProgress, tableTaskText } from './wording.ts'

/** A task before its kind is known. */
export interface Draft {
  task: Omit<Task, 'kind' | 'kindReason'>
  heading: Heading | undefined
  parts: string[]
}

/** Every task of the file, with the problems of their ids. */
export function draftsOf(
  rows: readonly Row[],
  lines: readonly TaskLine[],
  path: string,
): { drafts: Draft[]; problems: Problem[] } {
  const headings = phasesOf(lines.map(({ entry }) => entry))
  const wordings = lines.map(({ entry }) => tableTaskText(entry.rest))
  const named = lines.map(({ entry }, at) => ({
    own: wordings[at]?.id,
    phase: headings[at],
    line: entry.row.line,
  }))
  const { ids, problems } = idsOf(named, path)
  const known = new Set(ids)
  const drafts = lines.map((line, at): Draft => {
    const heading = headings[at]
    const parts = line.parts.map(part => tableTaskText(part.rest).title)
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
      markers: [line.entry, ...line.parts].flatMap(entry => markerOf(entry, path)),
    }
    return { task, heading, parts }
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
