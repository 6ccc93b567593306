import { countOf } from '../../plan/format-list.ts'
import type { Marker, Problem } from '../../plan/plan.ts'
import { headingText, type Row } from '../markdown.ts'
import { boxAt, stripMarkup } from '../task-list/task-text.ts'

/** An item of a checklist such as the acceptance criteria. */
export interface Criterion {
  text: string
  marker: Marker
}

/** The body of a task's file. */
export interface Sections {
  description: string
  plan: string
  criteria: Criterion[]
  /** The definition of done. */
  done: Criterion[]
  problems: Problem[]
}

type Name = 'description' | 'plan' | 'criteria' | 'done'

/** Reads the sections that markers such as `<!-- AC:BEGIN -->` enclose, and in older files those below their headings. */
export function sectionsOf(rows: readonly Row[], path: string): Sections {
  const sections: Sections = { description: '', plan: '', criteria: [], done: [], problems: [] }
  const prose: Record<'description' | 'plan', string[]> = { description: [], plan: [] }
  const marked = new Set(rows.flatMap(row => beginOf(row) ?? []))
  const unread: Row[] = []
  let heading: Name | undefined
  let open: { name: Name; line: number } | undefined
  for (const row of rows) {
    const begin = beginOf(row)
    if (begin !== undefined) {
      if (open !== undefined) sections.problems.push(unclosed(path, open))
      open = { name: begin, line: row.line }
    } else if (END.test(row.text)) open = undefined
    else if (open === undefined && row.kind === 'heading') {
      if (row.level <= 2) heading = HEADINGS.get(headingText(row).toLowerCase())
    } else {
      const name = open?.name ?? heading
      if (name === undefined) {
        if (criterionIn(row, path)?.marker.state === 'open') unread.push(row)
        continue
      }
      const isOutside = open === undefined && marked.has(name)
      if (name === 'description' || name === 'plan') {
        if (!isOutside && row.kind !== 'hidden') prose[name].push(row.text)
        continue
      }
      const criterion = criterionIn(row, path)
      if (criterion === undefined) continue
      if (isOutside) sections.problems.push(outside(path, row))
      else sections[name].push(criterion)
    }
  }
  if (open !== undefined) sections.problems.push(unclosed(path, open))
  sections.problems.push(...repeatedNumbers(rows, sections, path), ...unreadBoxes(unread, path))
  sections.description = prose.description.join('\n').trim()
  sections.plan = prose.plan.join('\n').trim()
  return sections
}

function beginOf({ text }: Row): Name | undefined {
  const [, name = ''] = BEGIN.exec(text) ?? []
  return MARKERS.get(name)
}

function criterionIn(row: Row, path: string): Criterion | undefined {
  const box = row.kind === 'item' ? boxAt(row.text, row.content) : undefined
  if (box === undefined) return undefined
  const start = row.start + box.at
  const { text, state } = box
  return {
    text: stripMarkup(box.rest.replace(/^#\d+\s+/, '')),
    marker: { path, line: row.line, text, state, start, end: start + text.length },
  }
}

/** A problem for each number that two criteria have: commands name them by it. */
function repeatedNumbers(
  rows: readonly Row[],
  { criteria, done }: Pick<Sections, 'criteria' | 'done'>,
  path: string,
): Problem[] {
  const byLine = new Map(rows.map(row => [row.line, row.text]))
  return [criteria, done].flatMap(list => {
    const seen = new Set<string>()
    return list.flatMap(({ marker: { line } }) => {
      const [, number] = NUMBER.exec(byLine.get(line) ?? '') ?? []
      if (number === undefined || !seen.has(number)) {
        if (number !== undefined) seen.add(number)
        return []
      }
      return [
        {
          path,
          line,
          text: `The number #${number} is already used above. Give this one a number of its own.`,
        },
      ]
    })
  })
}

/** A problem for the open boxes that no section of Backlog.md has. */
function unreadBoxes(rows: readonly Row[], path: string): Problem[] {
  const [first] = rows
  if (first === undefined) return []
  const text = `${countOf(rows.length, 'box', 'boxes')} from here on ${rows.length === 1 ? 'is' : 'are'} in no section that Backlog.md reads, so nothing there is read as work. Make them acceptance criteria, or tasks of their own.`
  return [{ path, line: first.line, text, isUnread: true }]
}

function unclosed(path: string, { line }: { line: number }): Problem {
  return { path, line, text: 'The section that begins here is never closed. Add its END marker.' }
}

function outside(path: string, { line, text }: Row): Problem {
  const shown = text.trim().slice(0, 40)
  return {
    path,
    line,
    text: `"${shown}" is outside of the markers of its section, so Backlog.md does not read it, and it is not ticked. Move it between them.`,
    isUnread: true,
  }
}

const NUMBER = /\]\s+#(\d{1,4})\b/
const BEGIN = /^\s{0,3}<!-- (SECTION:DESCRIPTION|SECTION:PLAN|AC|DOD):BEGIN -->/
const END = /^\s{0,3}<!-- (?:SECTION:[A-Z_]+|AC|DOD):END -->/
const MARKERS: ReadonlyMap<string, Name> = new Map([
  ['SECTION:DESCRIPTION', 'description'],
  ['SECTION:PLAN', 'plan'],
  ['AC', 'criteria'],
  ['DOD', 'done'],
])
const HEADINGS: ReadonlyMap<string, Name> = new Map([
  ['description', 'description'],
  ['implementation plan', 'plan'],
  ['acceptance criteria', 'criteria'],
  ['definition of done', 'done'],
])
