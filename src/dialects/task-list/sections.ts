import type { Row } from '../markdown.ts'
import type { ListEntry } from './list-entries.ts'
import type { Heading } from './heading.ts'
import { isPhaseHeading } from './phases.ts'

/** Is the line in a section that comments on tasks, such as their dependencies or an example? */
export function isCommentary({ above }: Pick<ListEntry, 'above'>): boolean {
  return above.some(
    heading => heading.level > 1 && !isPhaseHeading(heading) && COMMENTARY.test(heading.text),
  )
}

/** Is the line in a section of acceptance criteria? */
export function isAcceptance({ above }: Pick<ListEntry, 'above'>): boolean {
  return above.some(isAcceptanceHeading)
}

export function isAcceptanceHeading({ level, text }: Heading): boolean {
  return level > 1 && ACCEPTANCE.test(text)
}

/** Is the line in a section that lists the tasks of the phases once more? */
export function isSummary(entry: Pick<ListEntry, 'above'>): boolean {
  const { above } = entry
  if (above.some(isPhaseHeading)) return false
  return isAcceptance(entry) || above.some(({ level, text }) => level > 1 && SUMMARY.test(text))
}

/** Does the text introduce acceptance criteria, as in `**Definition of Done**:`? */
export function isCriteriaLabel(raw: string): boolean {
  return LABEL.test(raw)
}

/** The criterion in a line such as `**Acceptance**: it opens`; `undefined` for other lines. */
export function statedCriterion(raw: string): string | undefined {
  const criterion = STATED.exec(raw)?.[1] ?? ''
  // Only the end of the label in bold is none.
  return /[^*_\s]/.test(criterion) ? criterion : undefined
}

/** The indices of the rows that are acceptance criteria because a label such as `Done when:` stands above them. */
export function criteriaRows(rows: readonly Row[]): Set<number> {
  const criteria = new Set<number>()
  let inside = false
  for (const [index, row] of rows.entries()) {
    if (row.kind === 'heading') inside = false
    else if (row.kind === 'text' && row.level === 0) inside = isCriteriaLabel(row.text.trim())
    else if (row.kind === 'item' && inside) criteria.add(index)
  }
  return criteria
}

const COMMENTARY =
  /\b(dependenc(y|ies)|parallel|execution order|strategy|notes?|example|graph|legend|notation|summary|critical path|mvp|依赖|並行|并行)\b/iu

const SUMMARY =
  /\b(overview|summary|progress|tracking|tracker|status|index|contents|review|all tasks|task list)\b|总览|一覧|概要/iu

const CRITERIA = String.raw`acceptance|definition of done|dod|success criteria|akzeptanz|abnahme|criterios de|critérios de|critères d|критерии|验收|驗收|完成标准|受け入れ|完了条件|완료 기준|수락 기준`

const ACCEPTANCE = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${CRITERIA}|checklists?\b|success metrics\b|verification\b|validation checks?\b|rubric\b|quality gates?\b|review gate\b|completion criteria\b|exit criteria\b|legend\b|notation\b)|检查清单|チェックリスト|체크리스트`,
  'iu',
)

const STATED = new RegExp(
  String.raw`^[*_]{0,3}(?:(?:acceptance(?: criteri(?:a|on))?|definition of done|dod|success criteria|akzeptanz(?:kriteri(?:um|en))?|abnahme(?:kriteri(?:um|en))?|criterios de aceptación|critérios de aceitação|critères d['’]acceptation|验收(?:标准|条件)?|驗收(?:標準|條件)?|完成标准|受け入れ(?:条件|基準)|完了条件)|done when|completion criteria|exit criteria)[*_]{0,3}\s*[:：][*_]{0,3}\s*(\S.*)$`,
  'iu',
)

const LABEL = new RegExp(
  String.raw`^[*_\s]*(?:${CRITERIA}|done when|completion criteria|exit criteria)[^:：]*[:：]?[*_]*\s*[:：]?\s*$`,
  'iu',
)
