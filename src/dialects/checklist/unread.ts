import { countOf } from '../../plan/format-list.ts'
import type { Problem, Task } from '../../plan/plan.ts'
import type { Row } from '../markdown.ts'
import { indentedRows, indentedText } from '../task-list/indented-boxes.ts'
import type { ListEntry } from '../task-list/list-entries.ts'
import { almostBoxes, groupedBySection, notABox, unknownSigns } from '../task-list/unread-lines.ts'
import type { ChecklistEntries, ChecklistEntry } from './entries.ts'
import type { StageStatus } from './stages.ts'

/** A problem for each line that its author may mean as a task, and that is read otherwise. */
export function unreadProblems(
  rows: readonly Row[],
  { tasks, criteria, almost, decorated }: ChecklistEntries,
  path: string,
): Problem[] {
  const signs = [...tasks.map(({ entry }) => entry), ...tasks.flatMap(({ steps }) => steps)]
  const texts = [
    ...unknownSigns(signs),
    ...groupedBySection(criteria).map(criteriaText),
    ...groupedBySection(decorated).map(decoratedText),
    ...[...almostBoxes(rows), ...almost.map(({ row }) => row)].map(row => notABox(row)),
    ...rows.filter(isTableBox).map(tableText),
    ...indentedRows(rows)
      .filter(({ text }) => BOX.test(text))
      .map(indentedText),
    ...tasks.filter(({ entry }) => entry.rest.trim() === '').map(({ entry }) => emptyText(entry)),
    ...tasks.flatMap(({ status }) => (status?.isUnknown === true ? [unknownStatus(status)] : [])),
  ]
  return texts
    .toSorted((one, other) => one.line - other.line)
    .slice(0, MAX_PROBLEMS)
    .map(({ line, text }) => ({ path, line, text, isUnread: true }))
}

/** A problem for each number that is used again, and for each task that is listed again in a group of the same name. */
export function repeatedProblems(
  { tasks: entries }: ChecklistEntries,
  tasks: readonly Task[],
  path: string,
): Problem[] {
  const firsts = new Map<string, ChecklistEntry>()
  const texts = entries.flatMap((entry, at) => {
    const { label, entry: own } = entry
    const { line } = own.row
    // Lists in several groups may each count from 1, but headings that are tasks may not.
    const isCounted = label !== undefined && (own.basis === 'heading' || /^T/i.test(label))
    const number = isCounted ? earlier(firsts, `number ${label}`, entry) : undefined
    const words = `words ${tasks[at]?.phase}\n${tasks[at]?.title}`
    const same = earlier(firsts, words, entry)
    if (same !== undefined) return [{ line, text: repeatedText(same, entry) }]
    if (number === undefined) return []
    const text = `The number ${label} is already used in line ${number.entry.row.line}. The words distinguish the tasks; give this one a number of its own.`
    return [{ line, text }]
  })
  return texts.slice(0, MAX_PROBLEMS).map(one => ({ path, ...one }))
}

function earlier(
  firsts: Map<string, ChecklistEntry>,
  key: string,
  entry: ChecklistEntry,
): ChecklistEntry | undefined {
  const first = firsts.get(key)
  if (first === undefined) firsts.set(key, entry)
  return first
}

function repeatedText({ entry: first }: ChecklistEntry, { entry }: ChecklistEntry): string {
  const { line } = first.row
  const [before = '', now = ''] = [first.box?.text, entry.box?.text]
  const marks = before === now ? '' : ` Line ${line} has "${before}", this line has "${now}".`
  return `The same task stands in line ${line}, in a group of the same name. Both count, and only their order distinguishes them.${marks} Change the words of one, or remove it.`
}

function criteriaText(group: readonly ListEntry[]): Pick<Problem, 'line' | 'text'> {
  const [line = 1] = group.map(({ row }) => row.line)
  const text = `${countOf(group.length, 'box', 'boxes')} from here on ${group.length === 1 ? 'is' : 'are'} read as acceptance criteria of the plan and not as tasks. To make tasks of them, put them below a heading of another name.`
  return { line, text }
}

function decoratedText(group: readonly ListEntry[]): Pick<Problem, 'line' | 'text'> {
  const [first] = group
  const text = `${countOf(group.length, 'line')} from here on ${group.length === 1 ? 'begins' : 'begin'} with ${signOf(first)}, which is not read as a box. If it is work to do, write "- [ ] …".`
  return { line: first?.row.line ?? 1, text }
}

function signOf(line: ListEntry | undefined): string {
  return line?.box?.text ?? line?.rest.split(' ')[0] ?? ''
}

function isTableBox({ kind, text }: Row): boolean {
  return kind === 'text' && TABLE_BOX.test(text)
}

function tableText({ line }: Row): Pick<Problem, 'line' | 'text'> {
  return {
    line,
    text: 'This row of a table has a box, but boxes in tables are not read as tasks. Write it as "- [ ] …".',
  }
}

function emptyText({ row: { line } }: ListEntry): Pick<Problem, 'line' | 'text'> {
  return { line, text: 'This box has no words. It counts as a task; say what is to be done.' }
}

function unknownStatus({ line, text }: StageStatus): Pick<Problem, 'line' | 'text'> {
  return {
    line,
    text: `The status "${text.slice(0, 40)}" has no known meaning, so the stage counts as open. Use Not Started, In Progress or Complete.`,
  }
}

const MAX_PROBLEMS = 200
const TABLE_BOX = /\|\s?\[[ xX]\]\s?\|/
const BOX = /^\s+(?:[-*+]|\d{1,9}[.)])\s+\[.?\](?:\s|$)/
