import type { Problem } from '../plan/plan.ts'
import { countOf } from '../plan/format-list.ts'
import { parseOnce } from './parse-once.ts'
import { type LineRole, MarkdownScanner } from './markdown-scanner.ts'
import { hasFrontMatter } from './front-matter.ts'

/**
 * A line of a Markdown file and its role. This is a line scanner instead of remark, because remark needs 4.5 s for 20,000
 * tasks and this needs 0.1 s. A test compares the two.
 */
export interface Row extends LineRole {
  /** 1-based. */
  line: number
  /** UTF-16 offset of `text` in the source. */
  start: number
  /** Without the line ending and the byte order mark; of a line that is too long, the beginning. */
  text: string
  /** UTF-16 offset of the end of the line. Beyond `text` only if the line is too long. */
  end: number
}

/** Splits `source` into rows. Offsets are those of `source`, whatever its line endings. */
export function rowsOf(source: string): readonly Row[] {
  return scan(source).rows
}

/** The 1-based line of a code block or comment that is never closed and so hides the rest of the file. */
export function unclosedAt(source: string): number | undefined {
  return scan(source).unclosed
}

const scan = parseOnce(rowsIn)

function rowsIn(source: string): { rows: readonly Row[]; unclosed: number | undefined } {
  const lines = linesOf(source)
  const scanner = new MarkdownScanner(hasFrontMatter(lines.map(({ text }) => text)))
  const rows = lines.map(({ start, text }, index) => {
    const { kind, level, content } = scanner.next(text, index)
    const end = start + text.length
    return {
      line: index + 1,
      start,
      end,
      text: text.slice(0, MAX_LINE_LENGTH),
      kind,
      level,
      content,
    }
  })
  return { rows, unclosed: scanner.unclosed }
}

/** Is the line too long to be read as a whole? */
export function isCut({ start, end, text }: Row): boolean {
  return end > start + text.length
}

/** A problem for each visible line that is too long to be read as a whole. */
export function longLineProblems(rows: readonly Row[], path: string): Problem[] {
  return rows
    .filter(row => isCut(row) && row.kind !== 'hidden')
    .map(({ line, start, end }) => ({
      path,
      line,
      text: `The line has ${countOf(end - start, 'character')}, and only the first ${MAX_LINE_LENGTH} are read. Divide it into several lines.`,
    }))
}

/** The text of a heading, without its closing `#`s. */
export function headingText(row: Row): string {
  return row.text
    .slice(row.content)
    .replace(/(^|\s)#+\s*$/, '')
    .trim()
}

function linesOf(source: string): { start: number; text: string }[] {
  const lines: { start: number; text: string }[] = []
  let start = source.startsWith('\u{feff}') ? 1 : 0
  // A lone CR ends a line only in old files without any LF; elsewhere it is a stray character.
  const endings = source.includes('\n') ? /\r?\n/g : /\r/g
  for (const ending of source.matchAll(endings)) {
    lines.push({ start, text: source.slice(start, ending.index) })
    start = ending.index + ending[0].length
  }
  if (start < source.length) lines.push({ start, text: source.slice(start) })
  return lines
}

/**
 * Characters of a line that are read. Patterns that look for markup need time that grows with the square of a line's length,
 * and nobody writes a task of this length.
 */
const MAX_LINE_LENGTH = 2_000
