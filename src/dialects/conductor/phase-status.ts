import type { Edit } from '../../plan/edit.ts'
import type { Phase, Plan } from '../../plan/plan.ts'
import type { WorkspaceReader } from '../dialect.ts'
import { rowsOf, type Row } from '../markdown.ts'
import { replaceSpan, subspan, type TextSpan } from './text-span.ts'
import { flavourIn } from './registry.ts'
import { rootOf } from './roots.ts'
import {
  statusTextLike,
  parseStatusText,
  STATUS_LABELS,
  type WritableStatus,
} from './status-text.ts'

/** The edit that writes into plan.md how far a phase is, in the way that the file has for it. */
export function phaseStatusEdits(
  reader: WorkspaceReader,
  plan: Plan,
  phase: Phase,
  status: WritableStatus,
): Edit[] {
  const path = planPath(plan)
  const source = reader.read(path)
  if (source === undefined) return []
  const rows = rowsOf(source)
  const spots = plan.phases.flatMap(({ line }) => spotAt(rows, line, path) ?? [])
  const own = spots.find(({ heading }) => heading.line === phase.line)
  if (own === undefined) return []
  if (own.line !== undefined) return reworded(own.line, spots, status)
  if (own.box !== undefined) return replaceSpan(own.box, status === 'completed' ? '[x]' : '[~]')
  if (own.tag !== undefined) return retagged(own.tag, spots, status)
  const line = spots.find(({ line }) => line !== undefined)
  if (line !== undefined)
    return inserted(source, own.heading, `${line.lead}${STATUS_LABELS[status]}`)
  const isTagged = spots.some(({ tag }) => tag !== undefined)
  if (isTagged) return tagged(own.heading, spots, status)
  // The registry flavour says it with the mark of the verification and with checkpoints, which are not ours to make.
  const keeps = flavourIn(reader, rootOf(plan.feature.dir)) === 'table'
  return keeps ? inserted(source, own.heading, `**Status**: ${STATUS_LABELS[status]}`) : []
}

function planPath(plan: Plan): string {
  return plan.tasks[0]?.location.path ?? `${plan.feature.dir}/plan.md`
}

/** The heading of a phase, and where it says how far the phase is. */
interface Spot {
  heading: TextSpan
  /** What stands behind `**Status**:`. */
  line: TextSpan | undefined
  lead: string
  box: TextSpan | undefined
  /** `[COMPLETE]`, `✅ COMPLETED` and their like. */
  tag: TextSpan | undefined
}

function spotAt(rows: readonly Row[], line: number, path: string): Spot | undefined {
  const row = rows[line - 1]
  if (row === undefined || row.kind !== 'heading') return undefined
  const heading = placeOf(row, path)
  const box = /^\[[ xX~/]\](?=\s)/.exec(row.text.slice(row.content))
  const tag = TAG.exec(row.text)
  const status = statusLine(rows, line)
  const said = status === undefined ? null : STATUS.exec(status.text)
  const [, lead = '', value = ''] = said ?? []
  return {
    heading,
    lead,
    line: status && said ? subspan(placeOf(status, path), lead.length, value.length) : undefined,
    box: box === null ? undefined : subspan(heading, row.content, box[0].length),
    tag: tag === null ? undefined : subspan(heading, tag.index, tag[0].length),
  }
}

/** The status line under a heading, before the first item or the next heading. */
function statusLine(rows: readonly Row[], line: number): Row | undefined {
  for (const row of rows.slice(line)) {
    if (row.kind !== 'hidden' && row.kind !== 'heading' && STATUS.test(row.text)) return row
    if (row.kind === 'heading' || (row.kind === 'item' && /\[[^\]]?\]/.test(row.text)))
      return undefined
  }
  return undefined
}

function reworded(line: TextSpan, spots: readonly Spot[], status: WritableStatus): Edit[] {
  const said = parseStatusText(line.text)
  if (said.status === status) return []
  const other = spots.flatMap(({ line }) => line?.text ?? []).find(text => isOnly(text, status))
  if (other !== undefined) return replaceSpan(line, other)
  return replaceSpan(subspan(line, said.at, said.text.length), statusTextLike(said.text, status))
}

/** Does the text say that status, and nothing that belongs to its own phase alone, such as a date? */
function isOnly(text: string, status: WritableStatus): boolean {
  return parseStatusText(text).status === status && !/\d/.test(text)
}

function retagged(tag: TextSpan, spots: readonly Spot[], status: WritableStatus): Edit[] {
  if (statusOfTag(tag.text) === status) return []
  const other = tagFor(spots, status)
  return other === undefined ? [] : replaceSpan(tag, other)
}

function tagged(heading: TextSpan, spots: readonly Spot[], status: WritableStatus): Edit[] {
  const tag = tagFor(spots, status)
  if (tag === undefined) return []
  const at = heading.text.replace(/(\s+#+)?\s*$/, '').length
  return replaceSpan(subspan(heading, at, 0), tag)
}

/** The tag of another phase, without its date. */
function tagFor(spots: readonly Spot[], status: WritableStatus): string | undefined {
  const tags = spots.flatMap(({ tag }) => tag?.text ?? [])
  return tags.find(text => statusOfTag(text) === status)?.replace(/\s*\([\d-]+\)$/, '')
}

function statusOfTag(tag: string): string {
  const { status } = parseStatusText(tag)
  return status === 'unknown' ? 'completed' : status
}

/** A line of its own directly under the heading, ended as the file ends its lines. */
function inserted(source: string, heading: TextSpan, text: string): Edit[] {
  const ending =
    /^(\r\n|\n|\r)/.exec(source.slice(heading.end))?.[0] ?? /\r\n|\n|\r/.exec(source)?.[0]
  return replaceSpan(subspan(heading, heading.text.length, 0), `${ending ?? '\n'}${text}`)
}

function placeOf({ line, start, text }: Row, path: string): TextSpan {
  return { path, line, start, end: start + text.length, text }
}

const STATUS =
  /^(\s*(?:[-*+]\s+)?[*_]{0,2}(?:phase\s+)?status(?:[*_]{1,2}\s*:|\s*:[*_]{0,2})\s*)(\S.*?)\s*$/i
const TAG =
  /(?<=\S)\s+(?:[[(](?:complete[d]?|in[ _-]progress)[\])]|(?:✅|☑|✔️?)(?:\s*(?:complete[d]?|done)\b)?(?:\s*\([\d-]+\))?)(?=\s*#*\s*$|\s+\[checkpoint)/iu
