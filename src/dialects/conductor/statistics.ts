import type { Edit } from '../../plan/edit.ts'
import { headingText, type Row } from '../markdown.ts'
import { replaceSpan, type TextSpan } from './text-span.ts'
import type { Track } from './track.ts'
import { parseStatusText, type Status } from './status-text.ts'

/** A number that a registry keeps about itself. */
export interface Counter {
  counts: Status | 'all'
  number: TextSpan
}

/** The counters under the heading for statistics. */
export function countersIn(rows: readonly Row[], path: string): Counter[] {
  let inside = false
  return rows.flatMap(row => {
    if (row.kind === 'heading') inside = /\bstatistics\b/i.test(headingText(row))
    const match = inside && row.kind === 'item' ? COUNTER.exec(row.text) : null
    if (match === null) return []
    const [, before = '', label = '', number = ''] = match
    const counts = /^total\b/i.test(label) ? 'all' : parseStatusText(label).status
    const start = row.start + before.length
    const place = { path, line: row.line, start, end: start + number.length, text: number }
    return counts === 'unknown' ? [] : [{ counts, number: place }]
  })
}

/** The edits that make the counters right, computed from the rows and never from what they said before. */
export function recountEdits(counters: readonly Counter[], tracks: readonly Track[]): Edit[] {
  return counters.flatMap(({ counts, number }) => {
    const counted = tracks.filter(({ status }) => counts === 'all' || status === counts)
    return replaceSpan(number, String(counted.length))
  })
}

const COUNTER = /^(\s*[-*+]\s+[*_]*([^:*_]+?)[*_]*\s*:[*_]*\s*)(\d+)\s*$/
