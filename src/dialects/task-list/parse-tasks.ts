import type { Problem, Task } from '../../plan/plan.ts'
import type { Row } from '../markdown.ts'
import type { ListEntry } from './list-entries.ts'
import type { Heading } from './heading.ts'
import { ownDependencies, ownDependents, sectionDependencies } from './dependencies.ts'
import { detailsOf } from './details.ts'
import type { Signs } from './dropped.ts'
import { filesNamedIn } from './files.ts'
import { statedFiles } from './stated-files.ts'
import { repeatedIdText } from './ids.ts'
import { entryMarkers } from './marking.ts'
import { phaseHeadings } from './phases.ts'
import { parseTaskText } from './task-text.ts'
import { unreadLineProblems } from './unread-lines.ts'

/** A task whose kind is not known yet, because it depends on the category of its phase. */
export interface ParsedTask {
  task: Omit<Task, 'kind' | 'kindReason'>
  /** The heading of its phase. */
  phase: Heading | undefined
  above: Heading[]
}

/** How the plans of a dialect differ from those of the others. */
export interface TaskStyle {
  /** How a task begins, for advice in problems. */
  example?: string
  /** Lines below a task that name other files than those that it changes. */
  notFiles?: RegExp
  /** What a sign in a box means, if it is not as usual. */
  signs?: Signs
  /** Headings that repeat a task of the list. */
  copies?: readonly ListEntry[]
}

/** Parses every task of the file, and reports repeated ids. */
export function parseTasks(
  rows: readonly Row[],
  entries: readonly ListEntry[],
  path: string,
  { example = 'T001', notFiles, signs, copies = [] }: TaskStyle = {},
): { parsed: ParsedTask[]; problems: Problem[] } {
  const headings = phaseHeadings(entries)
  const { ids, problems } = assignIds(entries, headings, path)
  const markers = entryMarkers(entries, path, signs)
  const known = new Set(ids)
  const parsed = entries.map((entry, at): ParsedTask => {
    const phase = headings[at]
    const next = entries[at + 1]?.index ?? rows.length
    const content = contentOf(rows, entry, next, known, notFiles)
    const task = {
      ...content,
      id: ids[at] ?? '',
      phase: phase?.text ?? '',
      location: { path, line: entry.row.line },
      markers: markers[at] ?? [],
    }
    return { task, phase, above: entry.above }
  })
  addDependenciesFromElsewhere(rows, parsed, known)
  const unread = unreadLineProblems(rows, [...entries, ...copies], path, example)
  return { parsed, problems: [...problems, ...unread] }
}

type Content = Omit<ParsedTask['task'], 'id' | 'phase' | 'location' | 'markers'>

function contentOf(
  rows: readonly Row[],
  entry: ListEntry,
  next: number,
  known: ReadonlySet<string>,
  notFiles: RegExp | undefined,
): Content {
  const { title, parallel, story } = parseTaskText(entry.rest)
  const details = detailsOf(rows, entry, next)
  const lines = details.lines.filter(line => notFiles?.test(line) !== true)
  const text = [entry.rest, ...lines].join('\n')
  return {
    title,
    parallel,
    files: statedFiles(entry.rest, lines) ?? filesNamedIn(text),
    dependsOn: [...new Set(ownDependencies(text, known))],
    acceptance: details.acceptance,
    ...(details.description === '' ? {} : { description: details.description }),
    ...(story === undefined ? {} : { story }),
  }
}

/** Unique ids: a repeated id gets a number as suffix, a missing id is made of phase and position. */
function assignIds(
  entries: readonly ListEntry[],
  headings: readonly (Heading | undefined)[],
  path: string,
): { ids: string[]; problems: Problem[] } {
  const problems: Problem[] = []
  const counts = new Map<string, number>()
  const firsts = new Map<string, ListEntry>()
  const nextPositionId = positionIds()
  const ids = entries.map((entry, at) => {
    const id = entry.id ?? nextPositionId(headings[at])
    const count = (counts.get(id) ?? 0) + 1
    counts.set(id, count)
    const first = firsts.get(id) ?? entry
    firsts.set(id, first)
    if (count === 1) return id
    const unique = `${id}#${count}`
    const text = `${repeatedIdText(id, unique)}${contradictionText(first, entry)}`
    problems.push({ path, line: entry.row.line, text })
    return unique
  })
  return { ids, problems }
}

/** Generates ids such as `2.3` for the third task of the second phase. */
function positionIds(): (heading: Heading | undefined) => string {
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
function contradictionText(first: ListEntry, repeated: ListEntry): string {
  const [firstBox, box] = [first.box, repeated.box]
  if (firstBox === undefined || box === undefined || firstBox.state === box.state) return ''
  return ` Line ${first.row.line} has "${firstBox.text}", this line has "${box.text}".`
}

/** Adds the dependencies that other tasks state ("blocks …") and those in sections about dependencies. */
function addDependenciesFromElsewhere(
  rows: readonly Row[],
  parsed: readonly ParsedTask[],
  known: ReadonlySet<string>,
): void {
  const dependencies = sectionDependencies(rows, known)
  for (const { task } of parsed) {
    const text = `${task.title}\n${task.description ?? ''}`
    for (const id of ownDependents(text, known)) {
      const set = dependencies.get(id) ?? new Set()
      dependencies.set(id, set.add(task.id))
    }
  }
  const positions = new Map(parsed.map(({ task }, at) => [task.id, at]))
  const positionOf = (id: string) => positions.get(id) ?? parsed.length
  for (const { task } of parsed) {
    const all = new Set([...task.dependsOn, ...(dependencies.get(task.id) ?? [])])
    task.dependsOn = [...all].sort((a, b) => positionOf(a) - positionOf(b))
  }
}
