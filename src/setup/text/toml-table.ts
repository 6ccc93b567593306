import { isDeepStrictEqual } from 'node:util'
import { getStaticTOMLValue, ParseError, parseTOML, type AST } from 'toml-eslint-parser'
import { splice } from './json-insertion.ts'
import { lineEnding, splitMark, Unusable } from './unusable.ts'

/** The fields of a table that this program writes. */
export type TomlFields = Readonly<Record<string, string | number | readonly string[]>>

/** The value at a path; `undefined` if there is none. */
export function readTable(text: string, path: readonly string[]): unknown {
  return valueIn(parse(splitMark(text).body), path)
}

/** The text with this table. A new table is appended; in an existing one only the fields that differ change. */
export function setTable(text: string, path: readonly string[], fields: TomlFields): string {
  const { mark, body } = splitMark(text)
  const program = parse(body)
  if (hasFields(valueIn(program, path), fields)) return text
  const table = tablesAt(program, path).find(
    ({ resolvedKey }) => resolvedKey.length === path.length,
  )
  if (!table && valueIn(program, path) !== undefined) throw otherForm(path)
  const after = table ? updateTable(body, table, fields) : appendTable(body, path, fields)
  if (!hasFields(readWritten(after, path), fields)) throw otherForm(path)
  return `${mark}${after}`
}

/** The text without this table and its sub-tables, and without the empty line before it. */
export function removeTable(text: string, path: readonly string[]): string {
  const { mark, body } = splitMark(text)
  const program = parse(body)
  if (valueIn(program, path) === undefined) return text
  const tables = tablesAt(program, path)
  if (tables.length === 0) throw otherForm(path)
  const after = tables.reduceRight((rest, { range: [start, end] }) => {
    const before = rest.slice(0, start).replace(/(^|\r?\n)\r?\n$/, '$1')
    return before + rest.slice(end).replace(/^[ \t]*(#[^\r\n]*)?\r?\n/, '')
  }, body)
  return `${mark}${after}`
}

function parse(body: string): AST.TOMLProgram {
  try {
    return parseTOML(body)
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    throw new Unusable(`it is not valid TOML (line ${error.lineNumber}: ${error.message})`)
  }
}

/** What an edit made of the file: an inline table cannot be extended, so the result may be invalid. */
function readWritten(body: string, path: readonly string[]): unknown {
  try {
    return valueIn(parse(body), path)
  } catch (error) {
    if (error instanceof Unusable) return undefined
    throw error
  }
}

function valueIn(program: AST.TOMLProgram, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (isRecord(value) ? value[key] : undefined),
    getStaticTOMLValue(program),
  )
}

function hasFields(value: unknown, fields: TomlFields): boolean {
  if (!isRecord(value)) return false
  return Object.entries(fields).every(([key, field]) => isDeepStrictEqual(value[key], field))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The tables with this path, and those below it. */
function tablesAt({ body: [top] }: AST.TOMLProgram, path: readonly string[]): AST.TOMLTable[] {
  return top.body.filter(
    (node): node is AST.TOMLTable =>
      node.type === 'TOMLTable' &&
      node.kind === 'standard' &&
      path.every((key, index) => node.resolvedKey[index] === key),
  )
}

function appendTable(body: string, path: readonly string[], fields: TomlFields): string {
  const eol = lineEnding(body)
  const lines = Object.entries(fields).map(([key, value]) => `${key} = ${format(value)}`)
  const table = [`[${path.join('.')}]`, ...lines, ''].join(eol)
  if (body.trim() === '') return `${body}${table}`
  return `${body}${body.endsWith('\n') ? '' : eol}${eol}${table}`
}

function updateTable(body: string, table: AST.TOMLTable, fields: TomlFields): string {
  const known = new Map(table.body.map(node => [body.slice(...node.key.range).trim(), node.value]))
  const added = Object.entries(fields).filter(([key]) => !known.has(key))
  const eol = lineEnding(body)
  const lines = added.map(([key, value]) => `${eol}${key} = ${format(value)}`).join('')
  const edits = Object.entries(fields).flatMap(([key, value]) => {
    const node = known.get(key)
    if (!node || isDeepStrictEqual(getStaticTOMLValue(node), value)) return []
    return [{ start: node.range[0], end: node.range[1], inserted: format(value) }]
  })
  const [, end] = table.range
  return [{ start: end, end, inserted: lines }, ...edits]
    .toSorted((one, other) => other.start - one.start)
    .reduce((text, edit) => splice(text, edit.start, edit.end, edit.inserted), body)
}

/** JSON strings are also basic strings of TOML. */
function format(value: TomlFields[string]): string {
  if (typeof value !== 'object') return JSON.stringify(value)
  return `[${value.map(item => JSON.stringify(item)).join(', ')}]`
}

function otherForm(path: readonly string[]): Unusable {
  return new Unusable(
    `it defines ${path.join('.')} in a form that cannot be changed in place; write it as a table [${path.join('.')}]`,
  )
}
