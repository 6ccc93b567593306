import type { Marker, Problem } from '../../plan/plan.ts'
import { headingText, type Row } from '../markdown.ts'
import { isTaskHeading } from './entries.ts'
import { isKnownStatus, normalized } from './sprint-status.ts'

/** `Status: ready-for-dev`, the line below `## Status`, or `status:` in the front matter. */
export function storyStatus(rows: readonly Row[], path: string): Marker | undefined {
  let isBelow = false
  for (const row of rows) {
    if (row.kind === 'hidden' || row.kind === 'blank') continue
    const match = row.kind === 'text' ? (isBelow ? BARE : STATUS).exec(row.text) : null
    if (match !== null) return markerOf(row, match, path)
    isBelow = row.kind === 'heading' && /^status$/i.test(headingText(row))
    if (row.kind === 'heading' && isTaskHeading(row)) break
  }
  return frontMatterStatus(rows, path)
}

function frontMatterStatus(rows: readonly Row[], path: string): Marker | undefined {
  const end = rows.findIndex(({ kind }) => kind !== 'hidden')
  for (const row of rows.slice(0, Math.max(end, 0))) {
    const match = MEMBER.exec(row.text)
    if (match !== null) return markerOf(row, match, path)
  }
  return undefined
}

function markerOf(row: Row, [, before = '', text = '']: RegExpExecArray, path: string): Marker {
  const start = row.start + before.length
  const state = normalized(text) === 'done' ? 'done' : 'open'
  return { path, line: row.line, text, state, start, end: start + text.length }
}

/** A problem for a status that BMAD does not have. */
export function unknownStatus(status: Marker | undefined): Problem[] {
  if (status === undefined || isKnownStatus(normalized(status.text))) return []
  const { path, line, text: word } = status
  const text = `The story has the status "${word}", which BMAD does not know.`
  return [{ path, line, text, isUnread: true }]
}

const STATUS = /^((?:\*\*|__)?Status(?:\*\*|__)?\s*:\s*(?:\*\*|__)?\s*)([a-z][a-z_ -]{0,30}[a-z])/i
const BARE = /^(\s*(?:\*\*|__)?)([a-z][a-z_ -]{0,30}[a-z])(?:\*\*|__)?\s*$/i
const MEMBER = /^(status:\s*["']?)([a-z][a-z_ -]{0,30}[a-z])/i
