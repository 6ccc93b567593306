import type { Gotcha } from '../plan/gotcha.ts'
import { headingText, rowsOf, type Row } from './markdown.ts'

/** Parses a gotchas file: a heading per framework, a heading per gotcha, and a code block with a ❌ part and a ✅ part. */
export function parseGotchas(source: string, path: string): Gotcha[] {
  const gotchas: Gotcha[] = []
  let framework = ''
  for (const section of sectionsOf(source)) {
    if (section.level <= 2) framework = section.title
    else if (framework !== '') gotchas.push(...gotchaOf(section, framework, path))
  }
  return gotchas
}

interface Section {
  title: string
  level: number
  line: number
  /** Its lines, including code blocks and comments. */
  rows: Row[]
}

function sectionsOf(source: string): Section[] {
  const sections: Section[] = []
  for (const row of rowsOf(source)) {
    if (row.kind === 'heading')
      sections.push({ title: headingText(row), level: row.level, line: row.line, rows: [] })
    else sections.at(-1)?.rows.push(row)
  }
  return sections
}

/** A section without these fields is prose about the file itself. */
function gotchaOf({ title, line, rows }: Section, framework: string, path: string): Gotcha[] {
  const text = field(rows, /^(gotcha|symptoms?)$/i)
  if (text === '') return []
  const block = codeBlockOf(rows)
  const examples = block ? examplesIn(block.lines) : inlineExamples(rows)
  return [
    {
      framework,
      topic: title,
      text,
      ...examples,
      language: block?.language ?? '',
      detection: field(rows, /^(detection|check)$/i),
      fix: field(rows, /^fix$/i),
      location: { path, line },
    },
  ]
}

/** The text after `**Name:**`, and the lines below it up to the next field. */
function field(rows: readonly Row[], name: RegExp): string {
  const shown = rows.filter(row => row.kind !== 'hidden')
  const start = shown.findIndex(row => name.test(FIELD.exec(row.text)?.[1] ?? ''))
  if (start < 0) return ''
  const rest = shown.slice(start + 1)
  const end = rest.findIndex(
    ({ text }) => FIELD.test(text) || /^\s*---/.test(text) || BAD.test(text),
  )
  const more = (end < 0 ? rest : rest.slice(0, end)).map(({ text }) => text)
  const first = (shown[start]?.text ?? '').replace(FIELD, '')
  const lines = [first, ...more].map(text => text.replace(/^\s*([-*+]|\d+[.)])\s+/, '').trim())
  return lines.filter(text => text !== '').join('\n')
}

const FIELD = /^\s*\*\*([\w ]+?)(?::\*\*|\*\*:)\s*/

interface CodeBlock {
  language: string
  lines: string[]
}

/** The first code block. */
function codeBlockOf(rows: readonly Row[]): CodeBlock | undefined {
  const start = rows.findIndex(({ text }) => OPEN.test(text))
  const [, mark = '', language = ''] = OPEN.exec(rows[start]?.text ?? '') ?? []
  if (start < 0) return undefined
  const rest = rows.slice(start + 1)
  const end = rest.findIndex(({ text }) => text.trim().startsWith(mark))
  const lines = (end < 0 ? rest : rest.slice(0, end)).map(({ text }) => text)
  return { language: language.toLowerCase(), lines }
}

const OPEN = /^\s*(`{3,}|~{3,})\s*([\w+#-]*)/

/** The signs, also after UTF-8 was decoded with another encoding, and the words that replace them in comments. */
const BAD = /❌|\u00e2[\u009d\u02dc]\u0152|\u00e2\u009d\u008c|^\W*(FAILS|WRONG|BAD)\b/
const GOOD = /✅|\u00e2\u0153[\u2026\u0085]|\u00e2\u009c\u0085|^\W*(WORKS|CORRECT|GOOD)\b/

function examplesIn(lines: readonly string[]): Pick<Gotcha, 'bad' | 'good'> {
  const examples = { bad: '', good: '' }
  let current: keyof typeof examples | undefined
  for (const line of lines) {
    const next = BAD.test(line) ? 'bad' : GOOD.test(line) ? 'good' : undefined
    if (next === undefined) {
      if (current) examples[current] += `${line}\n`
      continue
    }
    current = next
    // In `code()  # ❌ FAILS`, the code is on the line of the sign.
    const code = codeBefore(line)
    if (code !== '') examples[current] += `${code}\n`
  }
  return examples
}

function codeBefore(line: string): string {
  const comment = line.search(
    /(?:#|\/\/|<!--|\/\*|--|<%#)\s*[^\w\s]*\s*(?:❌|✅|\u00e2|FAILS|WORKS)/,
  )
  return comment > 0 ? line.slice(0, comment).trim() : ''
}

/** Lines such as `❌ FAILS: code` and `✅ WORKS: code`, without a code block. */
function inlineExamples(rows: readonly Row[]): Pick<Gotcha, 'bad' | 'good'> {
  const code = (sign: RegExp) => {
    const line = rows
      .map(({ text }) => text)
      .find(text => sign.test(text) && /:\s*`[^`]+`/.test(text))
    return line === undefined ? '' : `${/`([^`]+)`/.exec(line)?.[1] ?? ''}\n`
  }
  return { bad: code(BAD), good: code(GOOD) }
}
