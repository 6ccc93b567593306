import type { PlanDocument } from '../plan/plan.ts'
import { headingText, rowsOf, type Row } from './markdown.ts'
import { stripMarkup } from './task-list/task-text.ts'

/** The criteria that the specification of a feature lists, besides those of single tasks. */
export function specifiedCriteria(
  documents: readonly PlanDocument[],
  textOf: (path: string) => string | undefined,
): string[] {
  return documents
    .filter(({ name }) => SPECIFICATION.test(name))
    .flatMap(({ path }) => criteriaIn(textOf(path) ?? ''))
}

/** The list items below headings such as `Acceptance Criteria`, `Requirements` or `Scenario: …`, each in one line. */
export function criteriaIn(source: string): string[] {
  const criteria: string[][] = []
  let headings: { level: number; isCriterion: boolean }[] = []
  let current: string[] | undefined
  for (const row of rowsOf(source)) {
    if (row.kind === 'heading') {
      headings = [...headings.filter(({ level }) => level < row.level), headingOf(row)]
      current = undefined
    } else if (row.kind === 'item' && headings.some(({ isCriterion }) => isCriterion)) {
      current = [row.text.slice(row.content).replace(BOX, '')]
      criteria.push(current)
    } else if (row.kind === 'text' && row.level > 0) current?.push(row.text)
    else if (row.kind === 'text') current = undefined
  }
  return criteria.map(lines => stripMarkup(lines.join(' '))).filter(text => text !== '')
}

function headingOf(row: Row): { level: number; isCriterion: boolean } {
  return { level: row.level, isCriterion: CRITERIA.test(headingText(row)) }
}

const SPECIFICATION = /(^|\/)(spec|requirements)(\.md)?$/i
const CRITERIA =
  /\b(acceptance|requirements?|success criteria|scenarios?|user stor(y|ies)|definition of done|edge cases)\b/i
const BOX = /^\[[ xX]\]\s+/
