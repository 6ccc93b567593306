import type { Row } from '../markdown.ts'
import { listEntries, withoutBox, type ListEntry } from '../task-list/list-entries.ts'
import { criteriaRows, isCriteriaLabel } from '../task-list/sections.ts'
import type { Box } from '../task-list/task-text.ts'
import { hasAlmostBox } from '../task-list/unread-lines.ts'
import { labelIn, taskHeading } from './labels.ts'
import { signBefore } from './heading-signs.ts'
import { stagesOf, statusBelow, type Stage, type StageStatus } from './stages.ts'

/** A box, or a heading such as `### Task 3: …` with the boxes of its steps below it. */
export interface ChecklistEntry {
  /** Without its label. */
  entry: ListEntry
  /** The number or id that the author gave it. */
  label?: string
  /** Of a heading: the boxes of its steps. */
  steps: ListEntry[]
  /** Of a stage, or of a heading without steps: its status. */
  status?: StageStatus
  /** Of a heading: the sign before it that shows its state. */
  sign?: Box
  /** Index of the row after its last one. */
  end: number
}

/** What a file says is to be done. */
export interface ChecklistEntries {
  tasks: ChecklistEntry[]
  /** Boxes that are acceptance criteria of the whole plan and not tasks. */
  criteria: ListEntry[]
  /** Items with brackets that are not boxes. */
  almost: ListEntry[]
  /** Items with a symbol such as ❌ that may be a box and is read as a decoration. */
  decorated: ListEntry[]
}

/**
 * Every box is a task, also inside other boxes, except those below a heading that is a task itself, and acceptance criteria. If
 * a file has nothing but criteria, they are its tasks; if it has no box at all, its stages.
 */
export function checklistEntries(rows: readonly Row[]): ChecklistEntries {
  const { lines, decorated } = withoutDecoration(listEntries(rows))
  const stages = stagesOf(lines, rows)
  const headings = new Map([...taskHeadings(lines), ...stages.withStatus.map(stageEntry)])
  const criteria = criteriaRows(rows)
  const found: ChecklistEntries = { tasks: [], criteria: [], almost: [], decorated }
  const inLabel = labelledBoxes(lines)
  let open: ChecklistEntry | undefined
  for (const line of lines) {
    const heading = headings.get(line.index)
    if (hasAlmostBox(line)) found.almost.push(line)
    if (heading !== undefined) {
      open = heading
      found.tasks.push(heading)
    } else if (line.basis === 'heading') {
      if (open !== undefined && line.row.level <= open.entry.row.level) open = undefined
      // A heading with a box that is not called a task is one all the same.
      if (open === undefined && line.box !== undefined) found.tasks.push(boxEntry(line))
    } else if (line.box !== undefined && open !== undefined) open.steps.push(line)
    else if (line.box !== undefined && !inLabel.has(line.index)) {
      const isCriterion = criteria.has(line.index) || isBelowCriteria(line)
      if (isCriterion) found.criteria.push(line)
      else found.tasks.push(boxEntry(line))
    }
  }
  const all =
    found.tasks.length > 0 ? found : { ...found, tasks: found.criteria.map(boxEntry), criteria: [] }
  const tasks =
    all.tasks.length > 0 ? all.tasks : stages.otherwise.map(stage => stageEntry(stage)[1])
  return { ...all, tasks: withStatuses(withEnds(tasks, rows.length), rows) }
}

/** Has the task something to do? A box or a status says so; without either, only the ledger knows. */
export function isOpenEntry({ entry, steps, status, sign }: ChecklistEntry): boolean {
  const boxes = [{ box: sign }, entry, ...steps].flatMap(({ box }) => box ?? [])
  const states = status === undefined ? boxes.map(({ state }) => state) : [status.state]
  return states.length === 0 || states.some(state => state !== 'done')
}

/** Symbols are boxes in a file that has some which mean nothing else, and decorate headings and all other lists. */
function withoutDecoration(
  all: readonly ListEntry[],
): Pick<ChecklistEntries, 'decorated'> & { lines: ListEntry[] } {
  const hasBoxes = all.some(({ box }) => SURE.test(box?.text ?? ''))
  const isBox = ({ box, basis }: ListEntry) =>
    box === undefined ||
    box.text.startsWith('[') ||
    (hasBoxes && basis === 'checkbox' && !CROSS.test(box.text))
  return {
    lines: all.map(line => (isBox(line) ? line : withoutBox(line))),
    decorated: all.filter(
      ({ basis, box, rest }) =>
        (basis === 'checkbox' && CROSS.test(box?.text ?? '')) ||
        (hasBoxes && basis === 'bullet' && OTHER.test(rest)),
    ),
  }
}

/** The headings that are tasks, by row index. A heading that contains such headings is their group. */
function taskHeadings(lines: readonly ListEntry[]): Map<number, ChecklistEntry> {
  const named = lines.flatMap(line => {
    const heading = line.basis === 'heading' ? taskHeading(line.rest) : undefined
    return heading === undefined ? [] : [{ line, ...heading }]
  })
  const leaves = named.filter(({ line }, at) => {
    const next = named[at + 1]?.line
    return next?.above.some(above => above.line === line.row.line) !== true
  })
  const signs = leaves.map(({ line }) => signBefore(line))
  // A single one decorates its heading.
  const areMarks = signs.filter(sign => sign !== undefined).length > 1
  return new Map(
    leaves.map(({ line, label, rest }, at) => {
      const sign = areMarks ? signs[at] : undefined
      const entry = { entry: { ...line, rest }, label, steps: [], end: 0 }
      return [line.index, { ...entry, ...(sign !== undefined && { sign }) }]
    }),
  )
}

/** A heading without a sign and without steps may say its status below, as a stage does. */
function withStatuses(tasks: readonly ChecklistEntry[], rows: readonly Row[]): ChecklistEntry[] {
  return tasks.map(task => {
    const { entry, steps, sign, end } = task
    if (entry.basis !== 'heading' || task.status !== undefined) return task
    if (entry.box !== undefined || sign !== undefined || steps.length > 0) return task
    const status = statusBelow(rows, entry.index, end)
    return status === undefined || status.isUnknown ? task : { ...task, status }
  })
}

function stageEntry({ line, label, rest, status }: Stage): [number, ChecklistEntry] {
  const own = status === undefined ? {} : { status }
  return [line.index, { entry: { ...line, rest }, label, steps: [], end: 0, ...own }]
}

function boxEntry(line: ListEntry): ChecklistEntry {
  const { label, rest } = labelIn(line.rest)
  return {
    entry: { ...line, rest },
    steps: [],
    end: 0,
    ...(label !== undefined && { label }),
  }
}

/** Boxes below an item such as `- Acceptance criteria:` in another box are criteria of that task. */
function labelledBoxes(lines: readonly ListEntry[]): Set<number> {
  const labelled = new Set<number>()
  let open: { level: number; inBox: boolean; isLabel: boolean }[] = []
  for (const { basis, row, box, rest, index } of lines) {
    if (basis === 'heading') {
      open = []
      continue
    }
    while ((open.at(-1)?.level ?? -1) >= row.level) open.pop()
    const outer = open.at(-1)
    const inBox = outer?.inBox ?? false
    const isLabel = outer?.isLabel === true || (box === undefined && inBox && isCriteriaLabel(rest))
    if (box !== undefined && isLabel) labelled.add(index)
    open.push({ level: row.level, inBox: inBox || box !== undefined, isLabel })
  }
  return labelled
}

function isBelowCriteria({ above }: ListEntry): boolean {
  return above.some(({ level, text }) => level > 1 && isCriteriaLabel(text))
}

/** A sign that is a box wherever it stands. */
const SURE = /^[☐⬜☑☒]/u
/** Signs of work in progress in lists with symbols. They are not boxes. */
const OTHER = /^(?:🔄|🚧|⏳|🟡|🔲|◻|⏸|⏭)/u
/** Also as it looks after UTF-8 was decoded as Windows-1252. */
const CROSS = /^(?:❌|â\u009d\u0152)/u

function withEnds(tasks: readonly ChecklistEntry[], length: number): ChecklistEntry[] {
  return tasks.map((task, at) => ({ ...task, end: tasks[at + 1]?.entry.index ?? length }))
}
