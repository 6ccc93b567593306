import { sameWords } from '../../plan/same-words.ts'
import type { Row } from '../markdown.ts'
import { bulletsBeside, bulletTasks, plainBoxes } from './bullet-tasks.ts'
import { headingTasks } from './heading-tasks.ts'
import { ID_SCHEMES } from './ids.ts'
import { listEntries, withIds, type ListEntry } from './list-entries.ts'
import { isPhaseHeading } from './phases.ts'
import { isAcceptance, isSummary } from './sections.ts'
import { parseTaskText } from './task-text.ts'

/** The lines that are tasks: those with ids if there are any, else the boxes outside acceptance lists. */
export function taskEntries(rows: readonly Row[]): ListEntry[] {
  const lines = listEntries(rows)
  const boxes = boxesWithIds(lines)
  const headings = headingTasks(lines, rows)
  if (boxes.length > 0 && boxes.length >= headings.sure.length) {
    const tasks = [...withoutCopies(boxes, rows), ...bulletsBeside(lines, boxes)]
    return withoutRepeats(inOrder(tasks))
  }
  if (headings.sure.length > 0) return headings.sure
  const rest = [bulletTasks(lines), plainBoxes(lines, rows), headings.possible]
  return rest.find(tasks => tasks.length > 0) ?? []
}

/** The boxes with an id of the first scheme that the file uses, and outer boxes with the prefix of a bug or an area beside them. */
function boxesWithIds(lines: readonly ListEntry[]): ListEntry[] {
  const boxes = lines.filter(line => line.box !== undefined)
  const outer = boxes.filter(isOuter)
  for (const scheme of ID_SCHEMES) {
    const found = withIds(boxes, scheme)
    const isLoose = scheme === 'number' || scheme === 'code'
    // Numbers such as 1.2 and codes such as A1 also name other things, so most boxes must have one of their own.
    if (found.length === 0 || (isLoose && !isNumbering(found, boxes, outer))) continue
    if (scheme === 'number') return found.some(isOuter) ? found.filter(isOuter) : found
    if (scheme !== 'letter') return found
    const taken = new Set(found.map(({ index }) => index))
    const beside = outer.filter(line => !taken.has(line.index) && !isAcceptance(line))
    return inOrder([...found, ...withIds(beside, 'prefix')])
  }
  return []
}

function isNumbering(
  found: readonly ListEntry[],
  boxes: readonly ListEntry[],
  outer: readonly ListEntry[],
): boolean {
  const isMost = found.length * 2 > boxes.length || found.filter(isOuter).length * 2 > outer.length
  return isMost && new Set(found.map(({ id }) => id)).size * 2 > found.length
}

function isOuter({ basis, row }: ListEntry): boolean {
  return basis === 'heading' || row.level === 0
}

/** A box inside a task that repeats the task's id is a note, not a task. */
function withoutCopies(boxes: readonly ListEntry[], rows: readonly Row[]): ListEntry[] {
  let open: ListEntry[] = []
  let seen = 0
  return boxes.filter(box => {
    for (; seen < box.index; seen += 1) open = enclosing(open, rows[seen])
    open = enclosing(open, box.row)
    const isCopy = open.some(outer => outer.id === box.id)
    if (box.basis !== 'heading') open.push(box)
    seen = box.index + 1
    return !isCopy
  })
}

/** Those of the open items that still contain what stands in a row. */
function enclosing(open: ListEntry[], row: Row | undefined): ListEntry[] {
  if (row?.kind === 'heading') return []
  const level = row?.kind === 'item' ? row.level : Infinity
  while ((open.at(-1)?.row.level ?? -1) >= level) open.pop()
  return open
}

/** A task that is listed once more, with the same words or in a checklist or a summary, counts where its phase is. */
function withoutRepeats(entries: readonly ListEntry[]): ListEntry[] {
  const firsts = new Map<string, ListEntry>()
  for (const entry of entries) {
    const first = firsts.get(entry.id ?? '')
    if (first === undefined || (!isInPhase(first) && isInPhase(entry)))
      firsts.set(entry.id ?? '', entry)
  }
  return entries.filter(entry => {
    const first = firsts.get(entry.id ?? '') ?? entry
    return first === entry || !(isSummary(entry) || isSameTask(first, entry))
  })
}

function isInPhase({ above }: ListEntry): boolean {
  return above.some(isPhaseHeading)
}

function isSameTask(one: ListEntry, other: ListEntry): boolean {
  return sameWords(parseTaskText(one.rest).title, parseTaskText(other.rest).title)
}

function inOrder(entries: readonly ListEntry[]): ListEntry[] {
  return entries.toSorted((a, b) => a.index - b.index)
}
