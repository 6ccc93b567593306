import type { Row } from '../markdown.ts'
import { listEntries, type ListEntry } from './list-entries.ts'
import { leadingId, ID_SCHEMES, type LeadingId, type IdScheme } from './ids.ts'
import { isPhaseHeading } from './phases.ts'

/** The lines that are tasks: those with ids if there are any, else the boxes outside acceptance lists. */
export function taskEntries(rows: readonly Row[]): ListEntry[] {
  const lines = listEntries(rows)
  const boxes = withIdsOfFirstScheme(lines.filter(line => line.box !== undefined))
  const numbered = numberedHeadings(lines)
  const described = numbered.some(line => hasFields(rows, line)) ? numbered : []
  const lettered = letteredHeadings(lines)
  const headings = lettered.length > 0 ? lettered : described
  if (boxes.length > 0 && boxes.length >= headings.length)
    return inOrder([...withoutCopies(boxes, rows), ...bulletsBeside(lines, boxes)])
  if (headings.length > 0) return headings
  const rest = [bulletTasks(lines), plainBoxes(lines), numbered]
  return rest.find(tasks => tasks.length > 0) ?? []
}

/** The lines with an id of the first scheme that the file uses. */
function withIdsOfFirstScheme(lines: readonly ListEntry[]): ListEntry[] {
  for (const scheme of ID_SCHEMES) {
    const found = withIds(lines, scheme)
    // Numbers such as 1.2 also number other things, so most boxes must have one.
    if (found.length > 0 && (scheme !== 'number' || found.length * 2 > lines.length)) return found
  }
  return []
}

function withIds(lines: readonly ListEntry[], scheme: IdScheme): ListEntry[] {
  return lines.flatMap(line => {
    const leading = leadingId(line.rest, scheme)
    return leading === undefined ? [] : [withId(line, leading)]
  })
}

function withId(line: ListEntry, { id, rest }: LeadingId): ListEntry {
  return { ...line, id, rest }
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

function letteredHeadings(lines: readonly ListEntry[]): ListEntry[] {
  return leaves(withIds(headingsIn(lines), 'letter'))
}

/** Headings such as `### Task 1.2: …`. */
function numberedHeadings(lines: readonly ListEntry[]): ListEntry[] {
  const called = headingsIn(lines).filter(line => /^[*_~\s]*Task\s/i.test(line.rest))
  return leaves(withIds(called, 'number'))
}

function headingsIn(lines: readonly ListEntry[]): ListEntry[] {
  return lines.filter(line => line.basis === 'heading')
}

/** Fields such as dependencies show that a numbered heading is a task and not a group of boxes. */
function hasFields(rows: readonly Row[], heading: ListEntry): boolean {
  const below = rows.slice(heading.index + 1, heading.index + 1 + FIELD_LINES)
  const end = below.findIndex(row => row.kind === 'heading')
  return (end === -1 ? below : below.slice(0, end)).some(({ text }) => FIELD.test(text))
}

/** Without headings that contain other headings with ids: those are groups of tasks. */
function leaves(headings: readonly ListEntry[]): ListEntry[] {
  return headings.filter((heading, at) => {
    const next = headings[at + 1]
    return next === undefined || !next.above.some(({ line }) => line === heading.row.line)
  })
}

/** For a file without boxes: bullets that begin with an id, outside of sections that only comment on tasks. */
function bulletTasks(lines: readonly ListEntry[]): ListEntry[] {
  const bullets = lines.filter(
    line => line.basis === 'bullet' && line.row.level === 0 && !isCommentary(line),
  )
  const seen = new Set<string>()
  return withIds(bullets.map(withoutBadge), 'letter').filter(({ id = '', rest }) => {
    const isFirst = !seen.has(id) && !STATEMENT.test(rest)
    seen.add(id)
    return isFirst
  })
}

/** In addition to boxes: bullets that begin with a bold id that no box has. */
function bulletsBeside(lines: readonly ListEntry[], boxes: readonly ListEntry[]): ListEntry[] {
  const taken = new Set(boxes.map(box => box.id))
  const bold = lines.filter(line => /^\*\*T(ASK)?-?\d[\w.-]*\*\*\s*[:：]/.test(line.rest))
  return bulletTasks(bold).filter(bullet => !taken.has(bullet.id))
}

/** If nothing has an id, every outermost box is a task, except in a section of acceptance criteria. */
function plainBoxes(lines: readonly ListEntry[]): ListEntry[] {
  return lines.filter(
    line =>
      line.basis === 'checkbox' &&
      line.row.level === 0 &&
      !line.above.some(({ level, text }) => level > 1 && ACCEPTANCE.test(text)),
  )
}

function withoutBadge(line: ListEntry): ListEntry {
  return { ...line, rest: line.rest.replace(/^(✅|☑|✔️?|✓)\s+/u, '') }
}

function isCommentary(line: ListEntry): boolean {
  return line.above.some(
    heading => heading.level > 1 && !isPhaseHeading(heading) && COMMENTARY.test(heading.text),
  )
}

function inOrder(entries: readonly ListEntry[]): ListEntry[] {
  return entries.toSorted((a, b) => a.index - b.index)
}

const FIELD_LINES = 12

const FIELD =
  /^\s*(?:[-*+]\s+)?\*\*(depends( on)?|dependenc(y|ies)|priority|estimate[sd]?( time)?|blocked by|依赖|依賴|優先級|优先级)\b/iu

const STATEMENT = /^(blocks?\b|depends?\b|requires?\b|→|->|and\b|before\b|after\b|,)/i

const COMMENTARY =
  /\b(dependenc(y|ies)|parallel|execution order|strategy|notes?|example|graph|legend|notation|summary|critical path|mvp|依赖|並行|并行)\b/iu

const ACCEPTANCE =
  /\b(acceptance|checklists?|definition of done|success (criteria|metrics)|verification|validation checks?|rubric|quality gates?|review gate|completion criteria|exit criteria|legend|notation)\b|验收|驗收|检查清单|受け入れ|チェックリスト/iu
