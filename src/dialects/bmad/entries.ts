import { headingText, type Row } from '../markdown.ts'
import type { Heading } from '../task-list/heading.ts'
import { listEntries, outermostBoxes, type ListEntry } from '../task-list/list-entries.ts'

/** A task of a story: a box, or a heading without a box below it. */
export interface StoryEntry extends ListEntry {
  id: string
  /** Its text and that of the headings above it in the section: both may name acceptance criteria. */
  references: string
}

/** The outermost boxes of the sections with tasks, and headings such as `### Task 1: …` that have no box. */
export function storyEntries(rows: readonly Row[]): StoryEntry[] {
  const lines = listEntries(rows)
  const outermost = outermostBoxes(lines)
  const inSection = lines.filter(({ above }) => above.some(isTaskSection))
  const boxes = inSection.filter(({ basis, index }) => basis === 'checkbox' && outermost.has(index))
  const headings = inSection.filter(
    ({ basis, rest }) => basis === 'heading' && numberIn(rest) !== undefined,
  )
  const groups = new Set([...boxes, ...headings].flatMap(({ above }) => above.map(lineOf)))
  const leaves = headings.filter(({ row }) => !groups.has(row.line))
  return withIds([...boxes, ...leaves].toSorted((one, other) => one.index - other.index))
}

/** Does the heading begin the section that lists the tasks of the story? */
export function isTaskHeading(row: Row): boolean {
  return TASKS.test(headingText(row))
}

function isTaskSection({ level, text }: Heading): boolean {
  return level === 2 && (TASKS.test(text) || FOLLOW_UPS.test(text))
}

/** A task without a number gets the next one that no other task has. */
function withIds(entries: readonly ListEntry[]): StoryEntry[] {
  const numbers = entries.map(({ rest }) => numberIn(rest))
  const taken = new Set(numbers.map(number => number?.id))
  let last = 0
  return entries.map((entry, at) => {
    const { above, rest } = entry
    const headings = above.slice(above.findIndex(isTaskSection) + 1)
    const references = [rest, ...headings.map(({ text }) => text)].join('\n')
    const number = numbers[at]
    if (number !== undefined) {
      last = Math.max(last, Number.parseInt(number.id, 10))
      return { ...entry, ...number, references }
    }
    do last += 1
    while (taken.has(String(last)))
    return { ...entry, id: String(last), references }
  })
}

/** The number that a task begins with, and the text after it. */
function numberIn(text: string): { id: string; rest: string } | undefined {
  const [all = '', word, dotted, plain] = NUMBER.exec(text) ?? []
  const id = (word ?? dotted ?? plain)?.replace(/^0+(?=\d)/, '')
  return id === undefined ? undefined : { id, rest: text.slice(all.length) }
}

function lineOf({ line }: Heading): number {
  return line
}

const TASKS = /^(implementation )?tasks\b/i
/** Where a review adds tasks. */
const FOLLOW_UPS = /^review follow-ups?\b/i
/** A number alone, as in `3 buttons`, is not an id: it needs a word before it, a point inside it or a sign behind it. */
const NUMBER =
  /^(?:[✅⛔]\s*)?(?:~~)?(?:\*\*|__)?(?:~~)?(?:(?:Task\s+#?|T)(\d{1,3}(?:\.\d{1,3})*[a-wyz]?)|(\d{1,3}(?:\.\d{1,3})+[a-wyz]?)|(\d{1,3}[a-wyz]?)(?=[.:)]|\*\*|__))(?![\w.]*\d)[.:)]?(?:\*\*|__)?(?=[\s:—–-]|$)[\s:—–-]*/iu
