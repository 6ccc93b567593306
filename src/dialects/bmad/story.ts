import type { Marker, Phase, Problem, Task } from '../../plan/plan.ts'
import { headingText, rowsOf, type Row } from '../markdown.ts'
import { subBoxes } from '../numbered-list/sub-boxes.ts'
import { classified } from '../task-list/classified.ts'
import { parseTasks } from '../task-list/parse-tasks.ts'
import { boxAt, stripMarkup } from '../task-list/task-text.ts'
import { storyEntries } from './entries.ts'
import { storyStatus, unknownStatus } from './story-status.ts'

/** A story: its tasks, and its status as its own file has it. */
export interface Story {
  title: string | undefined
  status: Marker | undefined
  tasks: Task[]
  phases: Phase[]
  problems: Problem[]
}

/** Reads a story; without any task, the list is empty. */
export function storyOf(source: string, path: string): Story {
  const rows = rowsOf(source)
  const entries = storyEntries(rows)
  const { parsed, problems } = parseTasks(rows, entries, path, STYLE)
  const criteria = criteriaOf(rows)
  const { tasks, phases } = classified(parsed)
  const status = storyStatus(rows, path)
  const taken = new Set(entries.map(({ index }) => index))
  const complete = tasks.map((task, at) => {
    const entry = entries[at]
    const below = entry === undefined ? [] : subBoxes(rows, entry, path, taken)
    const { title, acceptance, missing } = withCriteria(task, entry?.references ?? '', criteria)
    if (missing.length > 0) problems.push(unknownCriteria(task, missing))
    return { ...task, title, acceptance, markers: [...task.markers, ...below] }
  })
  const first = rows.find(({ kind, level }) => kind === 'heading' && level === 1)
  return {
    title: first && stripMarkup(headingText(first)).replace(/^Story\s+(?=\d)/i, ''),
    status,
    tasks: complete,
    phases,
    problems: [...problems, ...unknownStatus(status)],
  }
}

/** The acceptance criteria by number. */
function criteriaOf(rows: readonly Row[]): Map<string, string> {
  const criteria = new Map<string, string>()
  let isInside = false
  let current: string | undefined
  for (const row of rows) {
    if (row.kind === 'heading' && row.level <= 2)
      isInside = /^acceptance criteria/i.test(stripMarkup(headingText(row)))
    if (!isInside) continue
    const number = criterionNumber(row)
    if (number !== undefined && !criteria.has(number)) {
      current = number
      criteria.set(number, stripMarkup(row.text.slice(row.content)))
    } else if (current !== undefined && (row.kind === 'item' || row.kind === 'text')) {
      const more = stripMarkup(row.text.slice(row.content))
      const text = criteria.get(current) ?? ''
      if (text.length < MAX_CRITERION) criteria.set(current, `${text} ${more}`.trim())
    }
  }
  return criteria
}

/** `1. …`, `- AC1: …` and `### AC 1` are the first criterion. */
function criterionNumber(row: Row): string | undefined {
  if (row.kind !== 'heading' && (row.kind !== 'item' || row.level > 0)) return undefined
  const text = stripMarkup(boxAt(row.text, row.content)?.rest ?? row.text.slice(row.content))
  const own = /^(?:AC|criterion)[\s#-]*(\d{1,3})(?!\d)/i.exec(text)?.[1]
  return own ?? /^\s*(\d{1,3})[.)]/.exec(row.text)?.[1]
}

/** The title without `(AC: #1, #2)`, and the criteria that it names. */
function withCriteria(
  task: Task,
  references: string,
  criteria: ReadonlyMap<string, string>,
): { title: string; acceptance: string[]; missing: string[] } {
  const lists = Array.from(references.matchAll(REFERENCE), ([, list = '']) => list)
  const named = lists.flatMap(numbersIn)
  const found = named.filter(number => criteria.has(number))
  const missing = criteria.size === 0 ? [] : named.filter(number => !criteria.has(number))
  const texts = [...new Set(found)].map(number => `${number} ${criteria.get(number) ?? ''}`)
  const title = task.title.replaceAll(REFERENCE, '').replace(/^[\s:—–-]+|[\s:]+$/gu, '')
  return { title: title || task.title, acceptance: [...task.acceptance, ...texts], missing }
}

/** The numbers in a list with ranges: `#1, 3-5`. */
function numbersIn(list: string): string[] {
  return [...list.matchAll(RANGE)].flatMap(([, first = '', last = first]) => {
    const count = Math.min(Math.max(Number(last) - Number(first), 0), MAX_RANGE) + 1
    return Array.from({ length: count }, (_, at) => String(Number(first) + at))
  })
}

function unknownCriteria({ id, location }: Task, missing: readonly string[]): Problem {
  const text = `${id} refers to the acceptance criteria ${missing.join(', ')}, which the story does not have.`
  return { ...location, text }
}

const STYLE = { example: 'Task 1:' }
const REFERENCE = /\(\s*ACs?(?=[\s:#\d])[:\s]*((?:AC|and|[\s\d#,&;.–-]){1,200})\)/gi
const RANGE = /(\d{1,3})(?:\s*[–-]\s*(?:AC|#)*\s*(\d{1,3}))?/gi
const MAX_CRITERION = 2_000
const MAX_RANGE = 100
