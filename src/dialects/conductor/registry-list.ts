import type { MarkState } from '../../plan/plan.ts'
import type { Row } from '../markdown.ts'
import { listEntries, type ListEntry } from '../task-list/list-entries.ts'
import { stripMarkup } from '../task-list/task-text.ts'
import { folderNameOfLink } from './links.ts'
import type { Track } from './track.ts'
import { linksIn } from './registry-table.ts'
import { withoutCommits } from './task-title.ts'
import type { Status } from './status-text.ts'

/** The tracks of a registry in the form of a list: headings with a box, else the outermost items with a box. */
export function tracksInList(rows: readonly Row[], path: string): Track[] {
  const boxed = listEntries(rows).filter(({ box }) => box !== undefined)
  const headings = boxed.filter(({ basis }) => basis === 'heading')
  const entries =
    headings.length > 0
      ? headings
      : boxed.filter(({ row }) => row.kind === 'item' && row.level === 0)
  return entries.flatMap(entry => trackOf(entry, textBelow(rows, entry), path))
}

function trackOf({ row, rest, box }: ListEntry, below: string, path: string): Track[] {
  if (box === undefined) return []
  const links = [...linksIn(row.text), ...linksIn(below), ...pathsIn(below)]
  const named = /^[*_\s]*([\w-]+_\d{8})[*_]*:/.exec(rest)?.[1]
  const title = withoutCommits(stripMarkup(rest)).replace(/^track(\s+\d+)?\s*:\s*/i, '')
  const [link] = links
  const start = row.start + box.at
  const mark = { path, line: row.line, start, end: start + box.text.length, text: box.text }
  const base = { title, path, line: row.line, mark, links, state: box.state }
  const id = link === undefined ? (named ?? title) : folderNameOfLink(link)
  const dates = { created: undefined, updated: undefined, completed: undefined }
  return [{ ...base, ...dates, id, status: STATUSES[box.state] }]
}

/** The text below an entry, up to the next box, heading or rule. */
function textBelow(rows: readonly Row[], { index, row }: ListEntry): string {
  const below: string[] = []
  for (let at = index + 1; at < rows.length; at += 1) {
    const next = rows[at]
    if (next === undefined) break
    const isNext = next.kind === 'item' && next.level <= row.level && row.kind === 'item'
    const isBoxed = next.kind === 'item' && /^\s*[-*+]\s+\[[^\]]?\]\s/.test(next.text)
    if (next.kind === 'heading' || isNext || isBoxed || RULE.test(next.text)) break
    if (next.kind !== 'hidden') below.push(next.text)
  }
  return below.join('\n')
}

/** Paths of track folders that are not links. */
function pathsIn(text: string): string[] {
  return text.match(/(?<![\w./-])(?:\.{0,2}\/)?(?:[\w.-]+\/)*(?:tracks|archive)\/[\w./-]+/g) ?? []
}

const RULE = /^\s*([-*_])(\s*\1){2,}\s*$/

const STATUSES = {
  open: 'planning',
  doing: 'in progress',
  done: 'completed',
  other: 'blocked',
} satisfies Record<MarkState, Status>
