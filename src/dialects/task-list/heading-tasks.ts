import type { Row } from '../markdown.ts'
import { withIds, type ListEntry } from './list-entries.ts'
import { isPhaseHeading } from './phases.ts'
import { criteriaRows, isAcceptance, isAcceptanceHeading, isCriteriaLabel } from './sections.ts'

/** The headings of a file that are its tasks, and those that may be if it has no others. */
export interface HeadingTasks {
  sure: ListEntry[]
  possible: ListEntry[]
}

export function headingTasks(lines: readonly ListEntry[], rows: readonly Row[]): HeadingTasks {
  const headings = lines.filter(line => line.basis === 'heading')
  const numbered = leaves(
    withIds(
      headings.filter(({ rest }) => /^[*_~\s]*Task\s/i.test(rest)),
      'number',
    ),
  )
  const described = numbered.some(line => isDescribed(rows, line)) ? numbered : []
  const candidates = [leaves(withIds(headings, 'letter')), described, withAreas(headings, lines)]
  const sure = candidates.find(tasks => tasks.length > 0)
  return { sure: sure ?? onlyCriteriaBelow(lines, rows), possible: numbered }
}

/** Headings such as `FE-001: …`, if every box of the file is below one of them. */
function withAreas(headings: readonly ListEntry[], lines: readonly ListEntry[]): ListEntry[] {
  const named = leaves(withIds(headings, 'prefix'))
  const starts = new Set(named.map(({ row }) => row.line))
  const boxes = lines.filter(line => line.basis === 'checkbox' && !isAcceptance(line))
  const areBelow = boxes.every(({ above }) => above.some(({ line }) => starts.has(line)))
  return areBelow && named.length > 1 ? named : []
}

/** If every box of the file is an acceptance criterion, the tasks are the headings that these belong to. */
function onlyCriteriaBelow(lines: readonly ListEntry[], rows: readonly Row[]): ListEntry[] {
  const criteria = criteriaRows(rows)
  const boxes = lines.filter(line => line.basis === 'checkbox' && line.row.level === 0)
  const owners = new Set<number>()
  for (const box of boxes) {
    if (!criteria.has(box.index) && !isAcceptance(box)) return []
    const owner = box.above.findLast(heading => !isAcceptanceHeading(heading))
    if (owner !== undefined && owner.level > 1 && !isPhaseHeading(owner)) owners.add(owner.line)
  }
  if (owners.size < 2) return []
  const tasks = lines.filter(({ row }) => owners.has(row.line))
  const numbered = withIds(tasks, 'number')
  return numbered.length === tasks.length ? numbered : tasks
}

/** Fields such as dependencies, or acceptance criteria, show that a heading is a task and not a group of boxes. */
function isDescribed(rows: readonly Row[], heading: ListEntry): boolean {
  const below = rows.slice(heading.index + 1, heading.index + 1 + FIELD_LINES)
  const end = below.findIndex(row => row.kind === 'heading')
  return (end === -1 ? below : below.slice(0, end)).some(
    ({ text, kind }) => FIELD.test(text) || (kind === 'text' && isCriteriaLabel(text.trim())),
  )
}

/** Without headings that contain other headings with ids: those are groups of tasks. */
function leaves(headings: readonly ListEntry[]): ListEntry[] {
  return headings.filter((heading, at) => {
    const next = headings[at + 1]
    return next === undefined || !next.above.some(({ line }) => line === heading.row.line)
  })
}

const FIELD_LINES = 12

const FIELD =
  /^\s*(?:[-*+]\s+)?\*\*(depends( on)?|dependenc(y|ies)|priority|estimate[sd]?( time)?|blocked by|依赖|依賴|優先級|优先级)\b/iu
