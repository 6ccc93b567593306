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
  let headings: Heading[] = []
  let current: string[] | undefined
  for (const row of rowsOf(source)) {
    if (row.kind === 'heading') {
      headings = [...headings.filter(({ level }) => level < row.level), headingOf(row)]
      current = undefined
    } else if (row.kind === 'item' && asksFor(headings)) {
      current = [row.text.slice(row.content).replace(BOX, '')]
      criteria.push(current)
    } else if (row.kind === 'text' && row.level > 0) current?.push(row.text)
    else if (row.kind === 'text') current = undefined
  }
  return criteria.map(plainText).filter(text => text !== '')
}

/**
 * Markup can go over the end of a line; an item of very many lines is read line by line, because pairs of marks are searched in all of it.
 */
function plainText(lines: readonly string[]): string {
  const text = lines.join(' ')
  return text.length <= MAX_CHARACTERS ? stripMarkup(text) : lines.map(stripMarkup).join(' ')
}

const MAX_CHARACTERS = 10_000

interface Heading {
  level: number
  text: string
}

function headingOf(row: Row): Heading {
  return { level: row.level, text: headingText(row) }
}

/** The nearest heading that says what its lists are decides. The title of the document says nothing about them. */
function asksFor(headings: readonly Heading[]): boolean {
  const known = headings.filter(
    ({ level, text }) => level > 1 && (CRITERIA.test(text) || OTHERS.test(text)),
  )
  const nearest = known.at(-1)
  return nearest !== undefined && !OTHERS.test(nearest.text)
}

const SPECIFICATION = /(^|\/)(spec|requirements)(\.md)?$/i
const CRITERIA =
  /\b(acceptance|requirements?|success criteria|scenarios?|user stor(y|ies)|definition of done|edge cases)\b/i
const OTHERS =
  /\b(glossary|(open )?questions?|notes?|assumptions?|clarifications?|introduction|background|context|references|non-?goals|out of scope|review|checklist|history|ideas)\b/i
const BOX = /^\[[ xX]\]\s+/
