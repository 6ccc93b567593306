import type { Standard } from '../../plan/standard.ts'
import { headingText, rowsOf, type Row } from '../markdown.ts'
import { baseName } from './paths.ts'

/**
 * The points of a file of standards. A section is one, unless its items are boxes: then each of them is. Items before the
 * first section are points of their own; a file of prose is a single one.
 */
export function parseStandards(source: string, path: string): Standard[] {
  const rows = rowsOf(source).filter(({ kind }) => kind !== 'hidden' && kind !== 'blank')
  const found = sectionsOf(rows).flatMap(({ heading, body }) => {
    const items = body.filter(isItem)
    if (heading && !items.some(isBox)) return pointOf(headingText(heading), heading, body)
    return items.flatMap(item => itemPoint(item, body))
  })
  const points = found.length > 0 ? found : prose(rows, path)
  return points.map(({ name, text, line }) => {
    const gate = GATES.find(({ says }) => says.test(text))?.gate
    return { name, text, location: { path, line }, phases: [], ...(gate && { gate }) }
  })
}

interface Point {
  name: string
  text: string
  line: number
}

interface Section {
  /** Absent for what stands before the first one. */
  heading?: Row
  body: Row[]
}

/** Deeper headings belong to the section that they stand in; the title of the file begins none. */
function sectionsOf(rows: readonly Row[]): Section[] {
  const sections: Section[] = [{ body: [] }]
  for (const row of rows) {
    if (row.kind === 'heading' && row.level === 2) sections.push({ heading: row, body: [] })
    else if (row.kind !== 'heading' || row.level > 2) sections.at(-1)?.body.push(row)
  }
  return sections
}

function itemPoint(item: Row, body: readonly Row[]): Point[] {
  const rest = body.slice(body.indexOf(item) + 1)
  const end = rest.findIndex(row => isItem(row) || row.kind === 'heading')
  const text = textOf([item, ...(end < 0 ? rest : rest.slice(0, end))])
  const [, bold] = /^\*\*([^*]+?):?\*\*/.exec(text) ?? []
  return text === '' ? [] : [{ name: shortened(bold ?? text), text, line: item.line }]
}

function pointOf(name: string, { line }: Row, body: readonly Row[]): Point[] {
  const text = textOf(body)
  return text === '' ? [] : [{ name: shortened(name), text, line }]
}

function prose(rows: readonly Row[], path: string): Point[] {
  const body = rows.filter(({ kind }) => kind !== 'heading')
  const text = textOf(body)
  return text === '' ? [] : [{ name: baseName(path), text, line: body[0]?.line ?? 1 }]
}

/** Without marks and without placeholders in brackets, which say nothing. */
function textOf(rows: readonly Row[]): string {
  const lines = rows.map(row =>
    (row.kind === 'item' ? row.text.slice(row.content) : row.text.trim())
      .replace(BOX, '')
      .replaceAll(/\[[^\]]*\](?!\()/g, '')
      .trim(),
  )
  const said = lines.filter(line => /[\p{L}\p{N}]/u.test(line.replace(/^\*\*[^*]*\*\*:?/, '')))
  return said.join('\n')
}

function shortened(name: string): string {
  const line = name.split('\n')[0] ?? ''
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST).trim()}…`
}

function isItem({ kind, level }: Row): boolean {
  return kind === 'item' && level === 0
}

function isBox(row: Row): boolean {
  return BOX.test(row.text.slice(row.content))
}

const BOX = /^\[[^\]]?\]\s+/
const LONGEST = 60

/** Only a point that says nothing beyond what a gate sees is seen by it. */
const GATES: readonly { gate: NonNullable<Standard['gate']>; says: RegExp }[] = [
  {
    gate: 'tests',
    says: /^(all |the )?(unit |integration )?(tests?|test suite) (pass|passes|are passing|are green)\.?$/i,
  },
  {
    gate: 'types',
    says: /^(there are )?no type errors\.?$|^(the )?type ?check(s|er|ing)? (pass|passes|finds nothing)\.?$/i,
  },
  {
    gate: 'lint',
    says: /^(there are )?no lint(er|ing)? (errors|findings)\.?$|^(the )?lint(er|ing)? (pass|passes|finds nothing|is clean)\.?$/i,
  },
]
