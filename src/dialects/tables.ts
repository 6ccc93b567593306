import { isCut, type Row } from './markdown.ts'
import { stripMarkup } from './task-list/task-text.ts'

/** The text between two pipes. */
export interface Cell {
  line: number
  /** Offset of `raw` in the source. */
  start: number
  /** With the surrounding space. */
  raw: string
  /** Without markup and surrounding space. */
  text: string
}

export interface Table {
  header: Cell[]
  body: Cell[][]
}

/** Every visible table of the file: a header line, the rule below it, and the table lines that follow. */
export function tablesOf(rows: readonly Row[]): Table[] {
  return rows.flatMap((rule, at) => {
    const header = rows[at - 1]
    if (header === undefined || !isLine(rule) || !RULE.test(rule.text) || !isLine(header)) return []
    const rest = rows.slice(at + 1)
    const end = rest.findIndex(row => !isLine(row))
    const body = end === -1 ? rest : rest.slice(0, end)
    return [{ header: cellsOf(header), body: body.map(cellsOf) }]
  })
}

/** Index of the first column whose header matches; -1 if there is none. */
export function columnOf({ header }: Table, head: RegExp): number {
  return header.findIndex(({ text }) => head.test(text))
}

/** The cells of a column, the header first. */
export function cellsIn({ header, body }: Table, column: number): Cell[] {
  return [header, ...body].flatMap(cells => cells[column] ?? [])
}

function isLine({ kind, text }: Row): boolean {
  return kind === 'text' && text.includes('|')
}

function cellsOf(row: Row): Cell[] {
  const { text, line, start } = row
  const pipes = [...text.matchAll(PIPE)].map(({ index }) => index)
  const first = text.trimStart().startsWith('|') ? [] : [-1]
  const last = isCut(row) || text.trimEnd().endsWith('|') ? [] : [text.length]
  const bounds = [...first, ...pipes, ...last]
  return bounds.slice(1).map((end, at) => {
    const begin = (bounds[at] ?? 0) + 1
    const raw = text.slice(begin, end)
    return { line, start: start + begin, raw, text: stripMarkup(raw) }
  })
}

const PIPE = /(?<!\\)\|/g
const RULE = /^[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?$/
