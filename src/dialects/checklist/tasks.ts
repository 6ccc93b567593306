import type { Marker, Phase, Task } from '../../plan/plan.ts'
import type { Row } from '../markdown.ts'
import { classified } from '../task-list/classified.ts'
import { detailsOf } from '../task-list/details.ts'
import { filesNamedIn } from '../task-list/files.ts'
import type { ListEntry } from '../task-list/list-entries.ts'
import { entryMarkers } from '../task-list/marking.ts'
import type { ParsedTask } from '../task-list/parse-tasks.ts'
import { phaseHeadings } from '../task-list/phases.ts'
import { parseTaskText } from '../task-list/task-text.ts'
import { UniqueIds } from '../unique-ids.ts'
import type { ChecklistEntry } from './entries.ts'
import { idOf } from './labels.ts'
import { partsOf } from './parts.ts'
import { sectionContent } from './steps.ts'

/** The tasks of a file, with the groups that its headings make. */
export function checklistTasks(
  rows: readonly Row[],
  entries: readonly ChecklistEntry[],
  path: string,
): { tasks: Task[]; phases: Phase[] } {
  const lines = entries.map(({ entry }) => entry)
  const headings = phaseHeadings(lines)
  const markers = entryMarkers(
    entries.map(({ entry, sign }) => (sign === undefined ? entry : { ...entry, box: sign })),
    path,
  )
  const ids = new UniqueIds()
  const testFirst = new Set<string>()
  const parsed = entries.map((one, at): ParsedTask => {
    const { title, parallel, story } = parseTaskText(one.entry.rest)
    const id = ids.unique(idOf(one.label ?? String(at + 1), title))
    const { isTestFirst, ...content } = contentOf(rows, one)
    if (isTestFirst) testFirst.add(id)
    const phase = headings[at]
    const task = {
      id,
      title,
      parallel,
      ...content,
      dependsOn: [],
      phase: phase?.text ?? '',
      location: { path, line: one.entry.row.line },
      markers: markersOf(one, markers[at] ?? [], path),
      ...(story !== undefined && { story }),
    }
    return { task, phase, above: one.entry.above }
  })
  const { tasks, phases } = classified(parsed)
  const proven = tasks.map(task => (testFirst.has(task.id) ? builtTestFirst(task) : task))
  return { tasks: withParts(proven, entries), phases }
}

type Content = Pick<Task, 'files' | 'acceptance' | 'testPlan' | 'description'>

function contentOf(rows: readonly Row[], one: ChecklistEntry): Content & { isTestFirst: boolean } {
  if (one.entry.basis === 'heading' && one.entry.box === undefined) {
    const { description, ...content } = sectionContent(rows, one)
    return { ...content, ...(description !== '' && { description }) }
  }
  const { lines, description, acceptance } = detailsOf(rows, one.entry, one.end)
  const files = filesNamedIn([one.entry.rest, ...lines].join('\n'))
  return { files, acceptance, isTestFirst: false, ...(description !== '' && { description }) }
}

function stepMarkers(steps: readonly ListEntry[], path: string): Marker[] {
  return (
    entryMarkers(steps, path)
      .flat()
      // A dropped step keeps its mark.
      .filter(({ state }) => state !== 'other')
  )
}

/** The status of a stage shows its state. */
function markersOf(
  { status, steps }: ChecklistEntry,
  own: readonly Marker[],
  path: string,
): Marker[] {
  const all = withSteps(own, stepMarkers(steps, path))
  if (status === undefined) return all
  const { text, line, start, state } = status
  return [{ path, line, text, state, start, end: start + text.length }, ...all]
}

/** The first mark shows the state of a task, so an open step comes before those that are done. */
function withSteps(own: readonly Marker[], steps: readonly Marker[]): Marker[] {
  if (steps.length === 0) return [...own]
  const all = [...own.filter(({ text }) => text !== ''), ...steps]
  const first = all.find(({ state }) => state !== 'done')
  return first === undefined ? all : [first, ...all.filter(marker => marker !== first)]
}

/** The plan itself says that a test fails first, whatever the title sounds like. */
function builtTestFirst(task: Task): Task {
  return { ...task, kind: 'build', kindReason: 'its steps begin with a failing test' }
}

function withParts(tasks: readonly Task[], entries: readonly ChecklistEntry[]): Task[] {
  const parts = partsOf(entries)
  return tasks.map((task, at) => {
    const own = (parts[at] ?? []).flatMap(part => tasks[part]?.id ?? [])
    if (own.length === 0) return task
    return { ...task, kind: 'check', kindReason: 'it groups the boxes inside it', parts: own }
  })
}
