import type { MarkState } from '../../plan/plan.ts'
import { headingText, type Row } from '../markdown.ts'
import type { ListEntry } from '../task-list/list-entries.ts'
import { parseStatus } from '../task-list/status-words.ts'
import { boxAt } from '../task-list/task-text.ts'
import { taskHeading } from './labels.ts'

/** A heading such as `## Stage 2: API`, which is a task if nothing below it is one. */
export interface Stage {
  line: ListEntry
  label: string
  rest: string
  status?: StageStatus
}

/** The value of `**Status**: Not Started` below a stage. */
export interface StageStatus {
  text: string
  /** 1-based. */
  line: number
  /** UTF-16 offset in the file. */
  start: number
  state: MarkState
  /** It is not a known word, so that the stage counts as open. */
  isUnknown: boolean
}

/**
 * The stages of a file that are tasks. If one of them has a status, the boxes of its criteria and tests belong to it, and stages
 * without a box are tasks too. Otherwise stages are tasks only if the file has no others.
 */
export function stagesOf(
  lines: readonly ListEntry[],
  rows: readonly Row[],
): { withStatus: Stage[]; otherwise: Stage[] } {
  const named = lines.flatMap(line => {
    const { label, rest = '' } = STAGE.exec(line.rest)?.groups ?? {}
    const isStage = line.basis === 'heading' && line.row.level > 1 && label !== undefined
    return isStage ? [{ line, label, rest: rest === '' ? line.rest : rest }] : []
  })
  const groups = new Set(named.flatMap(({ line }) => line.above.map(above => above.line)))
  const stages = named
    .filter(({ line: { row, above } }) => !groups.has(row.line) && !above.some(isCriteria))
    .flatMap(stage => withStatus(rows, stage) ?? [])
  const hasStatus = stages.some(({ status }) => status !== undefined)
  return { withStatus: hasStatus ? stages : [], otherwise: stages.length > 1 ? stages : [] }
}

/** The stage with its status; `undefined` if something below it is a task itself. */
function withStatus(rows: readonly Row[], stage: Stage): Stage | undefined {
  let status: StageStatus | undefined
  let isBelowCriteria = false
  for (let index = stage.line.index + 1; index < rows.length; index += 1) {
    const row = rows[index]
    if (row === undefined || (row.kind === 'heading' && row.level <= stage.line.row.level)) break
    if (row.kind === 'blank' || row.kind === 'hidden') continue
    const text = row.kind === 'heading' ? headingText(row) : row.text.slice(row.content)
    if (row.kind === 'heading' && taskHeading(text) !== undefined) return undefined
    const isBox = row.kind === 'item' && boxAt(row.text, row.content) !== undefined
    if (isBox && !isBelowCriteria) return undefined
    if (row.kind === 'heading') isBelowCriteria = CRITERIA.test(text)
    else if (!isBox && LABEL.test(text)) isBelowCriteria = CRITERIA.test(text) || TESTS.test(text)
    status ??= isBox ? undefined : statusIn(row)
  }
  return { ...stage, ...(status !== undefined && { status }) }
}

/** The first status in the section of a heading. */
export function statusBelow(
  rows: readonly Row[],
  heading: number,
  end: number,
): StageStatus | undefined {
  for (const row of rows.slice(heading + 1, end)) {
    if (row.kind === 'heading') return undefined
    const status = row.kind === 'blank' || row.kind === 'hidden' ? undefined : statusIn(row)
    if (status !== undefined) return status
  }
  return undefined
}

function statusIn({ text: source, content, start, line }: Row): StageStatus | undefined {
  const [, before = '', value = ''] = STATUS.exec(source.slice(content)) ?? []
  const text = value.replace(/[\s*_\]]+$/u, '')
  if (text === '') return undefined
  const state = parseStatus(text)
  return {
    text,
    line,
    start: start + content + before.length,
    state: state ?? 'open',
    isUnknown: state === undefined,
  }
}

function isCriteria({ text }: { text: string }): boolean {
  return CRITERIA.test(text)
}

const STAGE =
  /^(?:[*_~✅☑✔\s]|\ufe0f)*(?:stage|phase|step|milestone|sprint|iteration|part|etapa|étape|fase|schritt|этап|阶段|階段|フェーズ|ステージ|단계)\s*#?(?<label>\d{1,3}(?:[.-]\d{1,3}){0,3}[a-z]?)(?=$|[\s*_:：.)—–-])[*_]*\s*[:：.)—–-]*[*_]*\s*(?<rest>.*)$/iu
const CRITERIA = /\b(criteria|acceptance|definition of done|done when)\b|验收/iu
/** A heading such as "Unit tests" is a group of tasks, but a label is what shows that the stage is done. */
const TESTS = /\b(tests?|verification|validation)\b|测试/iu
const LABEL = /^[*_]*\p{L}[^:：]{0,60}[:：][*_]*\s*$/u
const STATUS = /^([*_]*Status[*_]*\s*[:：]\s*[*_[]*\s*)(\S.*)$/i
