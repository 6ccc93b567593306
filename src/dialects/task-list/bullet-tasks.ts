import { outermostBoxes, withIds, type ListEntry } from './list-entries.ts'
import { criteriaRows, isAcceptance, isCommentary } from './sections.ts'
import type { Row } from '../markdown.ts'

/** For a file without boxes: bullets that begin with an id, outside of sections that only comment on tasks. */
export function bulletTasks(lines: readonly ListEntry[]): ListEntry[] {
  const bullets = lines.filter(
    line => line.basis === 'bullet' && line.row.level === 0 && !isCommentary(line),
  )
  const lettered = withIds(bullets.map(withoutBadge), 'letter')
  const called = bullets.filter(({ rest }) => /^[*_\s]*Task\s/i.test(rest))
  const tasks = lettered.length > 0 ? lettered : withIds(called, 'number')
  const seen = new Set<string>()
  return tasks.filter(({ id = '', rest }) => {
    const isFirst = !seen.has(id) && !STATEMENT.test(rest)
    seen.add(id)
    return isFirst
  })
}

/** In addition to boxes: bullets that begin with a bold id that no box has. */
export function bulletsBeside(
  lines: readonly ListEntry[],
  boxes: readonly ListEntry[],
): ListEntry[] {
  const taken = new Set(boxes.map(box => box.id))
  const bold = lines.filter(line => /^\*\*T(ASK)?-?\d[\w.-]*\*\*\s*[:：]/.test(line.rest))
  return bulletTasks(bold).filter(bullet => !taken.has(bullet.id))
}

/** If nothing has an id, every outermost box is a task, except acceptance criteria. */
export function plainBoxes(lines: readonly ListEntry[], rows: readonly Row[]): ListEntry[] {
  const criteria = criteriaRows(rows)
  const outermost = outermostBoxes(lines)
  return lines.filter(
    line =>
      line.basis === 'checkbox' &&
      outermost.has(line.index) &&
      !isAcceptance(line) &&
      !criteria.has(line.index),
  )
}

function withoutBadge(line: ListEntry): ListEntry {
  return { ...line, rest: line.rest.replace(/^(✅|☑|✔️?|✓)\s+/u, '') }
}

const STATEMENT = /^(blocks?\b|depends?\b|requires?\b|→|->|and\b|before\b|after\b|,)/i
