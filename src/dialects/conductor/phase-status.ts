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

/** The edit that sets the status of a phase in plan.md, in the style of the file. */
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
  const phases = plan.phases.flatMap(({ line }) => phaseHeadingAt(rows, line, path) ?? [])
  const own = phases.find(({ heading }) => heading.line === phase.line)
  if (own === undefined) return []
  if (own.status !== undefined) return statusLineEdits(own.status, phases, status)
  if (own.box !== undefined) return replaceSpan(own.box, status === 'completed' ? '[x]' : '[~]')
  if (own.tag !== undefined) return changeTag(own.tag, phases, status)
  const model = phases.find(one => one.status !== undefined)
  if (model !== undefined)
    return insertLine(source, own.below, `${model.lead}${STATUS_LABELS[status]}`)
  const hasTags = phases.some(({ tag }) => tag !== undefined)
  if (hasTags) return addTag(own, phases, status)
  // Tracks of a registry show it with the mark of the verification task and with checkpoints, which need a commit.
  const isTable = flavourIn(reader, rootOf(plan.feature.dir)) === 'table'
  return isTable ? insertLine(source, own.below, `**Status**: ${STATUS_LABELS[status]}`) : []
}

function planPath(plan: Plan): string {
  return plan.tasks[0]?.location.path ?? `${plan.feature.dir}/plan.md`
}

/** The heading of a phase, and the places that show its status. */
interface PhaseHeading {
  heading: TextSpan
  /** The empty span at the end of its line. */
  below: TextSpan
  /** The text after `**Status**:`. */
  status: TextSpan | undefined
  /** The status line up to that text. */
  lead: string
  box: TextSpan | undefined
  /** `[COMPLETE]`, `✅ COMPLETED` and similar. */
  tag: TextSpan | undefined
}

function phaseHeadingAt(
  rows: readonly Row[],
  line: number,
  path: string,
): PhaseHeading | undefined {
  const row = rows[line - 1]
  if (row === undefined || row.kind !== 'heading') return undefined
  const heading = spanOf(row, path)
  const box = /^\[[ xX~/]\](?=\s)/.exec(row.text.slice(row.content))
  const tag = TAG.exec(row.text)
  const statusRow = statusLine(rows, line)
  const match = statusRow === undefined ? null : STATUS.exec(statusRow.text)
  const [, lead = '', value = ''] = match ?? []
  return {
    heading,
    below: { path, line, start: row.end, end: row.end, text: '' },
    lead,
    status:
      statusRow && match ? subspan(spanOf(statusRow, path), lead.length, value.length) : undefined,
    box: box === null ? undefined : subspan(heading, row.content, box[0].length),
    tag: tag === null ? undefined : subspan(heading, tag.index, tag[0].length),
  }
}

/** The status line below a heading, before the first box or the next heading. */
function statusLine(rows: readonly Row[], line: number): Row | undefined {
  for (const row of rows.slice(line)) {
    if (row.kind !== 'hidden' && row.kind !== 'heading' && STATUS.test(row.text)) return row
    if (row.kind === 'heading' || (row.kind === 'item' && /\[[^\]]?\]/.test(row.text)))
      return undefined
  }
  return undefined
}

function statusLineEdits(
  span: TextSpan,
  phases: readonly PhaseHeading[],
  status: WritableStatus,
): Edit[] {
  const current = parseStatusText(span.text)
  if (current.status === status) return []
  const other = phases.flatMap(one => one.status?.text ?? []).find(text => isOnly(text, status))
  if (other !== undefined) return replaceSpan(span, other)
  const { at, text } = current
  return replaceSpan(subspan(span, at, text.length), statusTextLike(text, status))
}

/** Whether the text can be copied to another phase: it has that status, and no date. */
function isOnly(text: string, status: WritableStatus): boolean {
  return parseStatusText(text).status === status && !/\d/.test(text)
}

function changeTag(tag: TextSpan, phases: readonly PhaseHeading[], status: WritableStatus): Edit[] {
  if (statusOfTag(tag.text) === status) return []
  const other = tagFor(phases, status)
  return other === undefined ? [] : replaceSpan(tag, other)
}

function addTag(
  { heading, below }: PhaseHeading,
  phases: readonly PhaseHeading[],
  status: WritableStatus,
): Edit[] {
  const tag = tagFor(phases, status)
  if (tag === undefined) return []
  if (below.end > heading.end) return replaceSpan(below, tag)
  const at = heading.text.replace(/(\s+#+)?\s*$/, '').length
  return replaceSpan(subspan(heading, at, 0), tag)
}

/** The tag that another phase has for a status, without its date. */
function tagFor(phases: readonly PhaseHeading[], status: WritableStatus): string | undefined {
  const tags = phases.flatMap(({ tag }) => tag?.text ?? [])
  return tags.find(text => statusOfTag(text) === status)?.replace(/\s*\([\d-]+\)$/, '')
}

function statusOfTag(tag: string): string {
  const { status } = parseStatusText(tag)
  return status === 'unknown' ? 'completed' : status
}

/** Inserts a line after the end of another, with the line ending of the file. */
function insertLine(source: string, lineEnd: TextSpan, text: string): Edit[] {
  const ending =
    /^(\r\n|\n|\r)/.exec(source.slice(lineEnd.end))?.[0] ?? /\r\n|\n|\r/.exec(source)?.[0]
  return replaceSpan(lineEnd, `${ending ?? '\n'}${text}`)
}

function spanOf({ line, start, text }: Row, path: string): TextSpan {
  return { path, line, start, end: start + text.length, text }
}

const STATUS =
  /^(\s*(?:[-*+]\s+)?[*_]{0,2}(?:phase\s+)?status(?:[*_]{1,2}\s*:|\s*:[*_]{0,2})\s*)(\S.*?)\s*$/i
const TAG =
  /(?<=\S)\s+(?:[[(](?:complete[d]?|in[ _-]progress)[\])]|(?:✅|☑|✔️?)(?:\s*(?:complete[d]?|done)\b)?(?:\s*\([\d-]+\))?)(?=\s*#*\s*$|\s+\[checkpoint)/iu
