import type { Edit } from '../../plan/edit.ts'
import { headingText, type Row } from '../markdown.ts'
import { replaceSpan, type TextSpan } from './text-span.ts'
import type { Track } from './track.ts'
import { parseStatusText, type Status } from './status-text.ts'

/** A count of tracks in a registry. */
export interface Counter {
  counts: Status | 'all'
  number: TextSpan
}

/** The counters below the heading "Statistics". */
export function countersIn(rows: readonly Row[], path: string): Counter[] {
  let inside = false
  return rows.flatMap(row => {
    if (row.kind === 'heading') inside = /\bstatistics\b/i.test(headingText(row))
    const match = inside && row.kind === 'item' ? COUNTER.exec(row.text) : null
    if (match === null) return []
    const [, before = '', label = '', number = ''] = match
    const counts = /^total\b/i.test(label) ? 'all' : parseStatusText(label).status
    const start = row.start + before.length
    const span = { path, line: row.line, start, end: start + number.length, text: number }
    return counts === 'unknown' ? [] : [{ counts, number: span }]
  })
}

/** The edits that correct the counters. They are counted from the tracks, not from their earlier values. */
export function recountEdits(counters: readonly Counter[], tracks: readonly Track[]): Edit[] {
  return counters.flatMap(({ counts, number }) => {
    const counted = tracks.filter(({ status }) => counts === 'all' || status === counts)
    return replaceSpan(number, String(counted.length))
  })
}

const COUNTER = /^(\s*[-*+]\s+[*_]*([^\s:*_](?:[^:*_]*[^\s:*_])?)[*_]*\s*:[*_]*\s*)(\d+)\s*$/
