import type { Row } from '../markdown.ts'
import { listEntries, outermostBoxes, type ListEntry } from '../task-list/list-entries.ts'
import { taskEntries } from '../task-list/task-entries.ts'
import { boxAt, type Box } from '../task-list/task-text.ts'
import { leadingNumber } from './number.ts'

/** The tasks of a file, with what only lists with numbers have. */
export interface NumberedEntries {
  entries: ListEntry[]
  /** By entry: is it marked as optional, as in `- [ ]* 1.2 …`? */
  optional: boolean[]
  /** Headings with a box that repeat a task of the list, by the task's number. */
  copies: Map<string, ListEntry>
  /** The tasks have numbers. Otherwise, every outermost box is a task. */
  isNumbered: boolean
}

/** Every box with a number is a task. In a file that numbers fewer than half of its boxes, the outermost boxes are. */
export function numberedEntries(rows: readonly Row[]): NumberedEntries {
  const lines = listEntries(rows).map(withStar)
  const boxes = lines.flatMap(line => (line.entry.box === undefined ? [] : withNumber(line)))
  const inList = boxes.filter(({ entry }) => entry.basis === 'checkbox')
  const tasks = inList.length > 0 ? inList : boxes
  if (tasks.length === 0 || !isNumbering(lines, tasks)) {
    const entries = unnumbered(rows, lines)
    const starred = new Set(lines.flatMap(({ entry, hasStar }) => (hasStar ? entry.index : [])))
    const optional = entries.map(({ index }) => starred.has(index))
    return { entries, optional, copies: new Map(), isNumbered: false }
  }
  const taken = new Set(tasks.map(({ entry }) => entry.id))
  const headings = boxes.filter(({ entry }) => entry.basis === 'heading' && taken.has(entry.id))
  return {
    entries: tasks.map(({ entry }) => entry),
    optional: tasks.map(({ hasStar }) => hasStar),
    copies: new Map(
      tasks === boxes ? [] : headings.map(({ entry }) => [entry.id ?? '', entry] as const),
    ),
    isNumbered: true,
  }
}

/** As in other lists; if these are only checklists, every outermost box. */
function unnumbered(rows: readonly Row[], lines: readonly StarredEntry[]): ListEntry[] {
  const entries = taskEntries(rows)
  if (entries.length > 0) return entries
  const all = lines.map(({ entry }) => entry)
  const outermost = outermostBoxes(all)
  return all.filter(({ index, basis }) => basis === 'checkbox' && outermost.has(index))
}

interface StarredEntry {
  entry: ListEntry
  hasStar: boolean
}

function isNumbering(lines: readonly StarredEntry[], tasks: readonly StarredEntry[]): boolean {
  const outermost = outermostBoxes(lines.map(({ entry }) => entry))
  const outer = tasks.filter(({ entry }) => outermost.has(entry.index)).length
  return tasks.length * 2 > outermost.size || outer * 2 >= outermost.size
}

/** Reads a box with an asterisk behind it, also with the escape that some editors write: `[x]\* 1.2 …`. */
function withStar(entry: ListEntry): StarredEntry {
  if (entry.box !== undefined || entry.basis === 'heading') return { entry, hasStar: false }
  const { text, content } = entry.row
  const match = STARRED.exec(text.slice(content))
  const [all = '', mark = ''] = match ?? []
  const box = match === null ? undefined : boxAt(mark, 0)
  if (box === undefined) return { entry, hasStar: false }
  const starred: Box = { ...box, at: content, rest: text.slice(content + all.length).trim() }
  const rest = entry.rest.slice(all.length).trim()
  return { entry: { ...entry, basis: 'checkbox', box: starred, rest }, hasStar: true }
}

function withNumber({ entry, hasStar }: StarredEntry): StarredEntry[] {
  const number = leadingNumber(entry.rest)
  if (number === undefined) return []
  const { id, rest, isOptional } = number
  return [{ entry: { ...entry, id, rest }, hasStar: hasStar || isOptional }]
}

const STARRED = /^(\[[^\]]?\])\\?\*(?=\s|$)/
