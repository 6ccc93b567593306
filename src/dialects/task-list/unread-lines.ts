import { countOf } from '../../plan/format-list.ts'
import type { Problem } from '../../plan/plan.ts'
import type { Row } from '../markdown.ts'
import { leadingId } from './ids.ts'
import { listEntries, outermostBoxes, type ListEntry } from './list-entries.ts'
import { isPhaseHeading } from './phases.ts'
import { criteriaRows, isAcceptance, isCommentary } from './sections.ts'

/**
 * A problem for each line that its author may mean as a task and that is not read as one, and for each task with an unknown
 * sign in its box. Except in sections of acceptance criteria without a task, no box outside of a task disappears without a problem.
 */
export function unreadLineProblems(
  rows: readonly Row[],
  tasks: readonly ListEntry[],
  path: string,
  example: string,
): Problem[] {
  const first = new Map(tasks.toReversed().map(({ id, row }) => [id ?? '-', row.line]))
  const others = otherLines(rows, tasks)
  const boxes = others.filter(({ box }) => box !== undefined)
  const isRepeated = (line: ListEntry) => first.has(idOf(line) ?? '')
  const sections = new Set(tasks.map(sectionOf))
  const withoutId = boxes.filter(
    line => !isRepeated(line) && (!isAcceptance(line) || sections.has(sectionOf(line))),
  )
  const withoutBox = others.filter(
    line =>
      line.box === undefined && !isCommentary(line) && !isRepeated(line) && isAlmostTask(line),
  )
  const texts = [
    ...unknownSigns(tasks),
    ...boxes.filter(isRepeated).map(line => repeated(line, idOf(line) ?? '', first)),
    ...groupedBySection(withoutId).map(group => notRead(group, tasks, example)),
    ...withoutBox.map(({ row }) => notABox(row, example)),
    ...almostBoxes(rows).map(row => notABox(row, example)),
  ]
  return texts
    .slice(0, MAX_PROBLEMS)
    .map(({ line, text }) => ({ path, line, text, isUnread: true }))
}

/** A problem for each task with a sign in its box that has no meaning. */
export function unknownSigns(tasks: readonly ListEntry[]): { line: number; text: string }[] {
  return tasks.flatMap(({ box, row: { line } }) =>
    box?.isUnknown === true
      ? [
          {
            line,
            text: `The sign ${box.text} has no known meaning, so the task counts as open. Use [ ], [x] or [~].`,
          },
        ]
      : [],
  )
}

/** The outermost boxes, bullets and headings that are neither tasks nor parts of one, nor criteria below a label. */
function otherLines(rows: readonly Row[], tasks: readonly ListEntry[]): ListEntry[] {
  const lines = listEntries(rows)
  const outermost = outermostBoxes(lines)
  const criteria = criteriaRows(rows)
  const taken = new Set(tasks.map(({ index }) => index))
  const headings = new Set(tasks.flatMap(({ basis, row }) => (basis === 'heading' ? row.line : [])))
  return lines.filter(line => {
    const isOuter = line.box === undefined ? line.row.level === 0 : outermost.has(line.index)
    const isHeading = line.basis === 'heading'
    if (isHeading && (line.box === undefined || isPhaseLine(line))) return false
    if (taken.has(line.index) || criteria.has(line.index) || !(isOuter || isHeading)) return false
    return !line.above.some(heading => headings.has(heading.line))
  })
}

function isPhaseLine({ rest, row }: ListEntry): boolean {
  return isPhaseHeading({ text: rest, level: row.level, line: row.line })
}

function idOf({ rest }: ListEntry): string | undefined {
  return (leadingId(rest, 'letter') ?? leadingId(rest, 'prefix'))?.id
}

/** A bullet with an id that no task has, or with brackets that are not boxes. */
function isAlmostTask(line: ListEntry): boolean {
  return (
    line.basis === 'bullet' && (hasAlmostBox(line) || leadingId(line.rest, 'letter') !== undefined)
  )
}

/** The lines with a box that Markdown does not read as an item of a list. */
export function almostBoxes(rows: readonly Row[]): Row[] {
  return rows.filter(({ kind, text }) => kind === 'text' && LOOSE_BOX.test(text))
}

/** Has an item brackets that are not boxes, such as `[]` or `\\[ ]`? */
export function hasAlmostBox({ basis, rest }: ListEntry): boolean {
  return basis === 'bullet' && ESCAPED_BOX.test(rest)
}

/** The lines by the heading above them. */
export function groupedBySection(lines: readonly ListEntry[]): ListEntry[][] {
  const groups = new Map<number | undefined, ListEntry[]>()
  for (const line of lines) {
    const section = sectionOf(line)
    const group = groups.get(section) ?? []
    groups.set(section, group)
    group.push(line)
  }
  return [...groups.values()]
}

/** The line of the nearest heading above. */
function sectionOf({ above }: ListEntry): number | undefined {
  return above.at(-1)?.line
}

function notRead(group: readonly ListEntry[], tasks: readonly ListEntry[], example: string) {
  const lines = group.map(({ row }) => row.line)
  const [line = 1] = lines
  const last = lines.at(-1) ?? line
  const isNumbered = tasks.some(({ id }) => id !== undefined)
  const what =
    line === last
      ? 'The box here'
      : `${countOf(lines.length, 'box', 'boxes')} in the lines ${line} to ${last}`
  const why = isNumbered
    ? `${line === last ? 'has' : 'have'} no id as the tasks of this file have`
    : `${line === last ? 'is' : 'are'} not written as the tasks of this file`
  const cure = isNumbered
    ? `write an id such as ${example} behind the box`
    : 'write it as the other tasks'
  return {
    line,
    text: `${what} ${why}, so nothing there is read as a task. If it is work to do, ${cure}.`,
  }
}

function repeated({ row: { line } }: ListEntry, id: string, first: ReadonlyMap<string, number>) {
  return {
    line,
    text: `${id} is listed here once more. Only line ${first.get(id)} counts as the task, and this line stays as it is.`,
  }
}

/** The problem with a line that has no box but looks like a task; `example`: how a task begins, after its box. */
export function notABox({ line, text }: Row, example?: string): { line: number; text: string } {
  const start = text.trim().slice(0, 40)
  const box = example === undefined ? '- [ ]' : `- [ ] ${example}`
  return {
    line,
    text: `"${start}" looks like a task, but does not begin with "- [ ] ". It is not read as one. Write it as "${box} …".`,
  }
}

/** A file with more of them is written in another style, which the first ones show. */
const MAX_PROBLEMS = 200
const ESCAPED_BOX = /^\\?\[[ xX]?\\?\](?!\()\s*\S/
const LOOSE_BOX = /^(?:>\s?)*(?:[-*+•·▪◦–—]|\d{1,3}[.)])?\s?\\?\[[ xX~]?\\?\](?![(:])\s*\S/
