import type { Problem, Task } from '../../plan/plan.ts'
import type { Row } from '../markdown.ts'
import type { ListEntry, Heading } from './list-entries.ts'
import { ownDependencies, ownDependents, sectionDependencies } from './dependencies.ts'
import { detailsOf } from './details.ts'
import { filesNamedIn } from './files.ts'
import { entryMarkers } from './marking.ts'
import { phaseHeadings } from './phases.ts'
import { parseTaskText } from './task-text.ts'

/** A task before its phase is known by purpose, and so without its kind. */
export interface ParsedTask {
  task: Omit<Task, 'kind' | 'kindReason'>
  /** The heading of its phase. */
  phase: Heading | undefined
  above: Heading[]
}

/** Every task of the file, with the problems of their ids. */
export function parseTasks(
  rows: readonly Row[],
  entries: readonly ListEntry[],
  path: string,
): { drafts: ParsedTask[]; problems: Problem[] } {
  const headings = phaseHeadings(entries)
  const { ids, problems } = identify(entries, headings, path)
  const markers = entryMarkers(entries, path)
  const known = new Set(ids)
  const drafts = entries.map((entry, at): ParsedTask => {
    const phase = headings[at]
    const next = entries[at + 1]?.index ?? rows.length
    const base = taskOf(rows, entry, next, known)
    const task = {
      ...base,
      id: ids[at] ?? '',
      phase: phase?.text ?? '',
      location: { path, line: entry.row.line },
      markers: markers[at] ?? [],
    }
    return { task, phase, above: entry.above }
  })
  connect(rows, drafts, known)
  return { drafts, problems }
}

type Base = Omit<ParsedTask['task'], 'id' | 'phase' | 'location' | 'markers'>

function taskOf(
  rows: readonly Row[],
  entry: ListEntry,
  next: number,
  known: ReadonlySet<string>,
): Base {
  const { title, parallel, story } = parseTaskText(entry.rest)
  const details = detailsOf(rows, entry, next)
  const text = [entry.rest, ...details.lines].join('\n')
  return {
    title,
    parallel,
    files: filesNamedIn(text),
    dependsOn: [...new Set(ownDependencies(text, known))],
    acceptance: details.acceptance,
    ...(details.description === '' ? {} : { description: details.description }),
    ...(story === undefined ? {} : { story }),
  }
}

/** Unique ids: a repeated one gets a number behind it, a missing one is made of phase and position. */
function identify(
  entries: readonly ListEntry[],
  headings: readonly (Heading | undefined)[],
  path: string,
): { ids: string[]; problems: Problem[] } {
  const problems: Problem[] = []
  const seen = new Map<string, number>()
  const firsts = new Map<string, ListEntry>()
  const place = placer()
  const ids = entries.map((entry, at) => {
    const id = entry.id ?? place(headings[at])
    const count = (seen.get(id) ?? 0) + 1
    seen.set(id, count)
    const first = firsts.get(id) ?? entry
    firsts.set(id, first)
    if (count === 1) return id
    const unique = `${id}#${count}`
    const text = `${repeated(id, unique)}${otherwise(first, entry)}`
    problems.push({ path, line: entry.row.line, text })
    return unique
  })
  return { ids, problems }
}

function placer(): (heading: Heading | undefined) => string {
  let current: Heading | undefined
  let phase = 0
  let position = 0
  return heading => {
    if (phase === 0 || heading?.line !== current?.line) {
      phase += 1
      position = 0
    }
    current = heading
    position += 1
    return `${phase}.${position}`
  }
}

/** Two lists of the same tasks may contradict each other. */
function otherwise(first: ListEntry, again: ListEntry): string {
  const [before, now] = [first.box, again.box]
  if (before === undefined || now === undefined || before.state === now.state) return ''
  return ` Line ${first.row.line} says "${before.text}", and this one "${now.text}".`
}

function repeated(id: string, unique: string): string {
  return `${id} stands here again; this one is called ${unique}. Give it an id of its own.`
}

/** Adds what is said elsewhere: by the tasks that block others, and by the sections about dependencies. */
function connect(
  rows: readonly Row[],
  drafts: readonly ParsedTask[],
  known: ReadonlySet<string>,
): void {
  const waits = sectionDependencies(rows, known)
  for (const { task } of drafts) {
    const text = `${task.title}\n${task.description ?? ''}`
    for (const id of ownDependents(text, known)) {
      const set = waits.get(id) ?? new Set()
      waits.set(id, set.add(task.id))
    }
  }
  const places = new Map(drafts.map(({ task }, at) => [task.id, at]))
  const placeOf = (id: string) => places.get(id) ?? drafts.length
  for (const { task } of drafts) {
    const all = new Set([...task.dependsOn, ...(waits.get(task.id) ?? [])])
    task.dependsOn = [...all].sort((a, b) => placeOf(a) - placeOf(b))
  }
}
