import type { MarkState } from '../../plan/plan.ts'
import { isCut, type Row } from '../markdown.ts'
import { stripMarkup } from '../task-list/task-text.ts'
import { folderNameOfLink } from './links.ts'
import { subspan, type TextSpan } from './text-span.ts'
import type { Track } from './track.ts'
import { parseStatusText, type Status } from './status-text.ts'

/** The tracks in the tables of a registry; `undefined` if no table has ids and a status. */
export function tracksInTables(rows: readonly Row[], path: string): Track[] | undefined {
  const tables = tablesIn(rows, path).map(table => ({ ...table, columns: columnsOf(table.header) }))
  const isRegistry = tables.some(({ columns }) => columns.has('id') && columns.has('status'))
  if (!isRegistry) return undefined
  return tables
    .filter(
      ({ columns }) => columns.has('id') && (columns.has('status') || columns.has('completed')),
    )
    .flatMap(({ columns, body }) => body.flatMap(cells => trackOf(cells, columns) ?? []))
}

type Cells = readonly TextSpan[]

function trackOf(cells: Cells, columns: ReadonlyMap<Column, number>): Track | undefined {
  const cell = (column: Column) => cells[columns.get(column) ?? -1]
  const raw = cell('id')?.text ?? ''
  const id = stripMarkup(raw).trim()
  // The template has an empty row, and placeholders are not ids.
  if (id === '' || /^[[{<].*[\]}>]$/.test(id)) return undefined
  const statusCell = cell('status')
  const { status, text, at } = parseStatusText(statusCell?.text ?? 'Completed')
  const links = cells.flatMap(({ text }) => linksIn(text))
  return {
    id: links.length > 0 && raw.includes('](') ? folderNameOfLink(links[0] ?? id) : id,
    title: stripMarkup(cell('title')?.text ?? '').trim() || id,
    path: statusCell?.path ?? cells[0]?.path ?? '',
    line: cells[0]?.line ?? 1,
    state: STATES[status],
    status,
    mark: statusCell && subspan(statusCell, at, text.length),
    created: cell('created'),
    updated: cell('updated'),
    completed: cell('completed'),
    links,
  }
}

interface Table {
  header: Cells
  body: Cells[]
}

/** Tables are consecutive lines with pipes; the second line is the rule below the header. */
function tablesIn(rows: readonly Row[], path: string): Table[] {
  const tables: Table[] = []
  let lines: Row[] = []
  for (const row of [...rows, undefined]) {
    if (row !== undefined && row.kind === 'text' && /^\s*\|/.test(row.text)) {
      lines.push(row)
      continue
    }
    const [header, rule, ...body] = lines
    if (header !== undefined && rule !== undefined && /^[\s|:-]+$/.test(rule.text))
      tables.push({ header: cellsOf(header, path), body: body.map(line => cellsOf(line, path)) })
    lines = []
  }
  return tables
}

/** The cells of a row without surrounding space; an empty cell consists of its space. */
function cellsOf(row: Row, path: string): TextSpan[] {
  const { text, line, start } = row
  const pipes = [...text.matchAll(/(?<!\\)\|/g)].map(({ index }) => index)
  return pipes.flatMap((pipe, at) => {
    const end = pipes[at + 1] ?? text.length
    const raw = text.slice(pipe + 1, end)
    if (pipes[at + 1] === undefined && (raw.trim() === '' || isCut(row))) return []
    const cell = { path, line, start: start + pipe + 1, end: start + end, text: raw }
    const inner = raw.trim()
    return [inner === '' ? cell : subspan(cell, raw.indexOf(inner), inner.length)]
  })
}

function columnsOf(header: Cells): Map<Column, number> {
  const columns = new Map<Column, number>()
  for (const [at, { text }] of header.entries())
    for (const { column, pattern } of COLUMNS)
      if (pattern.test(stripMarkup(text)) && !columns.has(column)) columns.set(column, at)
  return columns
}

export function linksIn(text: string): string[] {
  const targets = [...text.matchAll(/\]\(\s*<?([^)\s>]+)/g)].map(([, target = '']) => target)
  return targets.filter(target => !/^[a-z][a-z0-9+.-]*:|^#/i.test(target))
}

type Column = 'id' | 'title' | 'status' | 'created' | 'updated' | 'completed'

const COLUMNS: readonly { column: Column; pattern: RegExp }[] = [
  { column: 'id', pattern: /\bid$|^(track|storage|connector|component)$/i },
  { column: 'title', pattern: /^(title|name|description|summary)\b/i },
  { column: 'status', pattern: /^status\b/i },
  { column: 'created', pattern: /^created\b/i },
  { column: 'updated', pattern: /^(last\s+)?updated\b/i },
  { column: 'completed', pattern: /^completed\b/i },
]

const STATES = {
  planning: 'open',
  'in progress': 'doing',
  completed: 'done',
  blocked: 'other',
  cancelled: 'other',
  reverted: 'other',
  unknown: 'other',
} satisfies Record<Status, MarkState>
