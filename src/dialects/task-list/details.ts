import { headingText, type Row } from '../markdown.ts'
import { isStruckOut } from './dropped.ts'
import type { ListEntry } from './list-entries.ts'
import { isCriteriaLabel, statedCriterion } from './sections.ts'
import { boxAt, stripMarkup } from './task-text.ts'
import { wrappedText } from './wrapped-text.ts'

/** The content below a task line. */
export interface Details {
  /** Raw lines without bullets, for files and dependencies. */
  lines: string[]
  description: string
  acceptance: string[]
  /** Those of the criteria that stand behind or below a label such as `Acceptance:`. */
  stated: string[]
}

/** Reads the content that belongs to `entry`; `next` is the row index of the next task. */
export function detailsOf(rows: readonly Row[], entry: ListEntry, next: number): Details {
  const details: Details = { lines: [], description: '', acceptance: [], stated: [] }
  const prose: string[] = []
  let accepting = false
  for (let index = entry.last + 1; index < next; index += 1) {
    const row = rows[index]
    if (row === undefined || isOutside(row, entry)) break
    if (row.kind === 'blank' || row.kind === 'hidden') continue
    const { raw: line, isBox } = contentOf(row)
    const { text: raw, last } = wrappedText(rows, index, line, MAX_DETAIL_LENGTH)
    index = last
    details.lines.push(raw)
    if (row.kind !== 'item' || isLabel(raw)) accepting = isCriteriaLabel(raw)
    const stated = isBox ? undefined : statedCriterion(raw)
    const isBelow = accepting && row.kind === 'item' && !isLabel(raw)
    const criterion = stripMarkup(stated ?? raw)
    if (isBox || isBelow || stated !== undefined) details.acceptance.push(criterion)
    if (isBelow || stated !== undefined) details.stated.push(criterion)
    else if (isBox) continue
    else if (!isCriteriaLabel(raw) && !RULE.test(raw)) prose.push(stripMarkup(raw))
  }
  details.description = prose.join('\n')
  return details
}

/** A list item ends with its list level, a heading at the next heading of its level. */
function isOutside(row: Row, entry: ListEntry): boolean {
  if (row.kind === 'heading') return entry.basis !== 'heading' || row.level <= entry.row.level
  if (entry.basis === 'heading') return false
  return row.kind !== 'blank' && row.level <= entry.row.level
}

function contentOf(row: Row): { raw: string; isBox: boolean } {
  if (row.kind === 'heading') return { raw: headingText(row), isBox: false }
  if (row.kind !== 'item') return { raw: row.text.trim(), isBox: false }
  const box = boxAt(row.text, row.content)
  // A part that is struck out is not asked for.
  const isBox = box !== undefined && !isStruckOut(box.rest)
  return { raw: (box?.rest ?? row.text.slice(row.content)).trim(), isBox }
}

/** A line that only introduces the lines below it. */
function isLabel(raw: string): boolean {
  return /[:：]\**\s*$/.test(raw)
}

/** In characters. */
const MAX_DETAIL_LENGTH = 2_000
const RULE = /^([-*_])(\s*\1){2,}$/
