import type { Standard } from '../../plan/standard.ts'
import { headingText, rowsOf, type Row } from '../markdown.ts'
import { baseName } from './paths.ts'

/**
 * Parses a standards file. Each section is a standard; if a section has boxes, each box is one. Items before the first
 * section are standards, and a file of prose is a single one.
 */
export function parseStandards(source: string, path: string): Standard[] {
  const rows = rowsOf(source).filter(({ kind }) => kind !== 'hidden' && kind !== 'blank')
  const found = sectionsOf(rows).flatMap(({ heading, body }) => {
    const items = body.filter(isItem)
    if (heading && !items.some(isBox)) return sectionStandard(headingText(heading), heading, body)
    return items.flatMap(item => itemStandard(item, body))
  })
  const standards = found.length > 0 ? found : proseStandard(rows, path)
  return standards.map(({ name, text, line }) => {
    const gate = GATES.find(({ pattern }) => pattern.test(text))?.gate
    return { name, text, location: { path, line }, phases: [], ...(gate && { gate }) }
  })
}

interface ParsedStandard {
  name: string
  text: string
  line: number
}

interface Section {
  /** Absent for the text before the first section. */
  heading?: Row
  body: Row[]
}

/** Divides the file at headings of the second level. Deeper headings belong to their section. */
function sectionsOf(rows: readonly Row[]): Section[] {
  const sections: Section[] = [{ body: [] }]
  for (const row of rows) {
    if (row.kind === 'heading' && row.level === 2) sections.push({ heading: row, body: [] })
    else if (row.kind !== 'heading' || row.level > 2) sections.at(-1)?.body.push(row)
  }
  return sections
}

function itemStandard(item: Row, body: readonly Row[]): ParsedStandard[] {
  const rest = body.slice(body.indexOf(item) + 1)
  const end = rest.findIndex(row => isItem(row) || row.kind === 'heading')
  const text = textOf([item, ...(end < 0 ? rest : rest.slice(0, end))])
  const [, bold] = /^\*\*([^*]+?):?\*\*/.exec(text) ?? []
  return text === '' ? [] : [{ name: shortened(bold ?? text), text, line: item.line }]
}

function sectionStandard(name: string, { line }: Row, body: readonly Row[]): ParsedStandard[] {
  const text = textOf(body)
  return text === '' ? [] : [{ name: shortened(name), text, line }]
}

function proseStandard(rows: readonly Row[], path: string): ParsedStandard[] {
  const body = rows.filter(({ kind }) => kind !== 'heading')
  const text = textOf(body)
  return text === '' ? [] : [{ name: baseName(path), text, line: body[0]?.line ?? 1 }]
}

/** The text without boxes, without placeholders in brackets, and without lines that are then empty. */
function textOf(rows: readonly Row[]): string {
  const lines = rows.map(row =>
    (row.kind === 'item' ? row.text.slice(row.content) : row.text.trim())
      .replace(BOX, '')
      .replaceAll(/\[[^\]]*\](?!\()/g, '')
      .trim(),
  )
  const meaningful = lines.filter(line =>
    /[\p{L}\p{N}]/u.test(line.replace(/^\*\*[^*]*\*\*:?/, '')),
  )
  return meaningful.join('\n')
}

function shortened(name: string): string {
  const line = name.split('\n')[0] ?? ''
  return line.length <= MAX_NAME_LENGTH ? line : `${line.slice(0, MAX_NAME_LENGTH).trim()}…`
}

function isItem({ kind, level }: Row): boolean {
  return kind === 'item' && level === 0
}

function isBox(row: Row): boolean {
  return BOX.test(row.text.slice(row.content))
}

const BOX = /^\[[^\]]?\]\s+/
const MAX_NAME_LENGTH = 60

/** A gate counts as evidence only if the standard says no more than the gate checks. */
const GATES: readonly { gate: NonNullable<Standard['gate']>; pattern: RegExp }[] = [
  {
    gate: 'tests',
    pattern:
      /^(all |the )?(unit |integration )?(tests?|test suite) (pass|passes|are passing|are green)\.?$/i,
  },
  {
    gate: 'types',
    pattern:
      /^(there are )?no type errors\.?$|^(the )?type ?check(s|er|ing)? (pass|passes|finds nothing)\.?$/i,
  },
  {
    gate: 'lint',
    pattern:
      /^(there are )?no lint(er|ing)? (errors|findings)\.?$|^(the )?lint(er|ing)? (pass|passes|finds nothing|is clean)\.?$/i,
  },
]
