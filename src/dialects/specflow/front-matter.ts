import type { Edit } from '../../plan/edit.ts'
import type { Row } from '../markdown.ts'
import { statusAfter, type DoneCount } from './done-count.ts'

/** A value of the front matter, without its quotes. */
export interface FrontMatterField {
  line: number
  /** Offset in the source. */
  start: number
  text: string
}

/** The value of a key in the front matter, which is between lines of three dashes at the start of the file. */
function frontField(rows: readonly Row[], key: string): FrontMatterField | undefined {
  if (!DASHES.test(rows[0]?.text ?? '')) return undefined
  const end = rows.findIndex(({ text }, at) => at > 0 && DASHES.test(text))
  for (const { text, line, start } of rows.slice(1, Math.max(end, 1))) {
    const [all, head = '', value = ''] = FIELD.exec(text) ?? []
    if (all !== undefined && head.split(':')[0] === key)
      return { line, start: start + head.length, text: value }
  }
  return undefined
}

/** The number of finished tasks in the front matter. */
export function completedField(
  rows: readonly Row[],
): { field: FrontMatterField; count: number } | undefined {
  const field = frontField(rows, 'completed')
  if (field === undefined || !/^\d+$/.test(field.text)) return undefined
  return { field, count: Number(field.text) }
}

/** The edits when the count changes. A counter that was already wrong is reported as a problem and not written. */
export function countEdits(path: string, rows: readonly Row[], doneCount: DoneCount): Edit[] {
  const completed = completedField(rows)
  const isRight = completed !== undefined && completed.count === doneCount.before
  return [
    ...(isRight ? fieldEdit(path, completed.field, String(doneCount.after)) : []),
    ...statusEdits(path, rows, doneCount),
  ]
}

/** The edits when the whole feature is validated. */
export function completionEdits(path: string, rows: readonly Row[]): Edit[] {
  const field = frontField(rows, 'status')
  if (field === undefined || DONE.test(field.text)) return []
  return fieldEdit(path, field, 'completed')
}

function statusEdits(path: string, rows: readonly Row[], doneCount: DoneCount): Edit[] {
  const field = frontField(rows, 'status')
  const wanted = statusAfter(doneCount)
  if (field === undefined) return []
  if (wanted === 'done' && field.text === 'pending') return fieldEdit(path, field, 'completed')
  return wanted === 'open' && DONE.test(field.text) ? fieldEdit(path, field, 'pending') : []
}

function fieldEdit(path: string, { line, start, text }: FrontMatterField, to: string): Edit[] {
  return text === to ? [] : [{ path, line, start, end: start + text.length, from: text, to }]
}

const DASHES = /^---[ \t]*$/
const FIELD = /^([\w-]+:[ \t]*["']?)([^"'#]*?)["']?[ \t]*(?:#.*)?$/
const DONE = /^completed?$/i
