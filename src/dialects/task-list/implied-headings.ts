import { headingText, type Row } from '../markdown.ts'
import type { Heading } from './heading.ts'
import { isPhaseName } from './phase-name.ts'

/**
 * Lines that are headings although they do not begin with `#`, by row index: a line with `===` or `---` below it, and, in a file
 * without headings of phases, a line in bold with the name of one.
 */
export function impliedHeadings(rows: readonly Row[]): Map<number, Heading> {
  const headings = rows.filter(row => row.kind === 'heading')
  const hasSections = headings.some(({ level }) => level > 1)
  const hasPhases = headings.some(row => isPhaseName(headingText(row)))
  const implied = new Map<number, Heading>()
  let level = 0
  for (const [index, row] of rows.entries()) {
    if (row.kind === 'heading') ({ level } = row)
    const underlined = underlinedAt(rows, index)
    if (underlined !== undefined && (!hasSections || isPhaseName(underlined.text))) {
      implied.set(index, underlined)
      level = underlined.level
    } else if (!hasPhases) {
      const text = boldPhase(row)
      if (text !== undefined) implied.set(index, { text, level: level + 1, line: row.line })
    }
  }
  return implied
}

function underlinedAt(rows: readonly Row[], index: number): Heading | undefined {
  const [before, row, after] = [rows[index - 1], rows[index], rows[index + 1]]
  if (row?.kind !== 'text' || row.level > 0 || after?.kind !== 'text') return undefined
  if (before?.kind === 'text' && !UNDERLINE.test(before.text)) return undefined
  const line = UNDERLINE.exec(after.text)?.[1]
  if (line === undefined || UNDERLINE.test(row.text)) return undefined
  return { text: row.text.trim(), level: line.startsWith('=') ? 1 : 2, line: row.line }
}

function boldPhase(row: Row): string | undefined {
  const isOuter = row.level === 0 && (row.kind === 'text' || row.kind === 'item')
  if (!isOuter) return undefined
  const text = BOLD.exec(row.text.slice(row.content).trim())?.[1]?.replace(/\s*[:：]$/, '')
  return text !== undefined && isPhaseName(text) ? text : undefined
}

const UNDERLINE = /^ {0,3}(={2,}|-{3,})\s*$/
const BOLD = /^(?:\*\*|__)([^*_]{3,200})(?:\*\*|__)\s*[:：]?$/
