import type { Problem } from '../plan/plan.ts'
import { blockStartAt, columnAt, listItemAt, type Item } from './markdown-blocks.ts'
import { countOf } from '../plan/format-list.ts'
import { parseOnce } from './parse-once.ts'

/**
 * A line of a Markdown file and its role. This is a line scanner instead of remark, because remark needs 4.5 s for 20,000
 * tasks and this needs 0.1 s. A test compares the two.
 */
export interface Row {
  /** 1-based. */
  line: number
  /** UTF-16 offset of `text` in the source. */
  start: number
  /** Without the line ending and the byte order mark; of a line that is too long, the beginning. */
  text: string
  /** UTF-16 offset of the end of the line. Beyond `text` only if the line is too long. */
  end: number
  /** `hidden`: inside a code block, an HTML block, a comment or the front matter. */
  kind: 'blank' | 'text' | 'heading' | 'item' | 'hidden'
  /** For a heading 1–6, for an item its depth from 0, for other rows the number of enclosing lists. */
  level: number
  /** Index in `text` where the content of a heading or an item begins. */
  content: number
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
  const scanner = new Scanner(hasFrontMatter(lines.map(({ text }) => text)))
  const rows = lines.map(({ start, text }, index) => {
    const { kind, level, content } = scanner.next(text, index)
    const end = start + text.length
    return { line: index + 1, start, end, text: text.slice(0, LONGEST_LINE), kind, level, content }
  })
  return { rows, unclosed: scanner.unclosed }
}

/** Three dashes in a later line close it. With boxes between them and no key, the dashes are rules. */
function hasFrontMatter(lines: readonly string[]): boolean {
  const end = lines.findIndex((text, index) => index > 0 && FRONT_MATTER.test(text))
  const inside = lines.slice(1, Math.max(1, end))
  const isPlan = inside.some(text => BOX.test(text)) && !inside.some(text => KEY.test(text))
  return end > 0 && !isPlan
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
      text: `The line has ${countOf(end - start, 'character')}, and only the first ${LONGEST_LINE} are read. Divide it into several lines.`,
    }))
}

/** The text of a heading, without its closing `#`s. */
export function headingText(row: Row): string {
  return row.text
    .slice(row.content)
    .replace(/(^|\s)#+\s*$/, '')
    .trim()
}

type Kind = Pick<Row, 'kind' | 'level' | 'content'>

/** A block whose lines are hidden, up to and including the line that matches `end`. */
interface Block {
  /** Number of enclosing lists; a line outside of them ends the block. */
  depth: number
  /** Index of the line that opens it. */
  start: number
  end: RegExp
  /** A tag block ends at a blank line, a code block does not. */
  endsAtBlankLine: boolean
}

class Scanner {
  /** Content columns of the open list items. */
  private lists: number[] = []
  private block: Block | undefined
  private paragraph = false
  private index = 0
  private readonly frontMatter: boolean

  /** `frontMatter`: the three dashes in the first line are closed by three dashes further down. */
  constructor(frontMatter: boolean) {
    this.frontMatter = frontMatter
  }

  /** 1-based line of a block that is still open, unless a blank line would close it. */
  get unclosed(): number | undefined {
    return this.block === undefined || this.block.endsAtBlankLine ? undefined : this.block.start + 1
  }

  next(text: string, index: number): Kind {
    this.index = index
    if (index === 0 && this.frontMatter && FRONT_MATTER.test(text))
      return this.open(0, FRONT_MATTER, false)
    // Some assistants wrap the whole file in a code block when they save their answer. Its content still counts.
    if (index === 0 && WRAPPER.test(text)) return this.hidden()
    const first = text.search(/\S/)
    if (first === -1) return this.blankLine()
    const column = columnAt(text, first)
    const depth = this.lists.filter(content => content <= column).length
    return this.inBlock(text, depth) ?? this.line(text, first, column, depth)
  }

  private blankLine(): Kind {
    this.paragraph = false
    if (this.block?.endsAtBlankLine === true) this.block = undefined
    return {
      kind: this.block === undefined ? 'blank' : 'hidden',
      level: this.lists.length,
      content: 0,
    }
  }

  private inBlock(text: string, depth: number): Kind | undefined {
    if (this.block === undefined) return undefined
    if (depth < this.block.depth) {
      this.block = undefined
      return undefined
    }
    if (this.block.end.test(text)) this.block = undefined
    return this.hidden()
  }

  private line(text: string, first: number, column: number, depth: number): Kind {
    const inside = column - (this.lists[depth - 1] ?? 0)
    const continues = this.paragraph
    if (inside >= 4) return continues ? this.text() : this.code(depth)
    const rest = text.slice(first)
    const item = listItemAt(rest)
    const interrupts = !continues || depth < this.lists.length
    if (item !== undefined && (interrupts || item.interrupts) && !RULE.test(rest))
      return this.item(text, first, column, depth, item)
    return (
      this.startBlock(rest, depth, continues) ??
      this.heading(rest, first, depth) ??
      this.prose(rest, depth)
    )
  }

  private startBlock(rest: string, depth: number, continues: boolean): Kind | undefined {
    const block = blockStartAt(rest, continues)
    if (block === undefined) return undefined
    this.leave(depth)
    return block.endsOnSameLine ? this.hidden() : this.open(depth, block.end, block.endsAtBlankLine)
  }

  private heading(rest: string, first: number, depth: number): Kind | undefined {
    const marks = /^(#{1,6})(\s+|$)/.exec(rest)
    if (marks === null) return undefined
    this.leave(depth)
    this.paragraph = false
    return { kind: 'heading', level: marks[1]?.length ?? 1, content: first + marks[0].length }
  }

  private item(text: string, first: number, column: number, depth: number, item: Item): Kind {
    this.leave(depth)
    const content = first + item.width
    const rest = text.slice(content)
    this.lists.push(rest === '' ? column + item.marker + 1 : columnAt(text, content))
    const block = blockStartAt(rest, false)
    this.paragraph = rest !== '' && block === undefined
    if (block !== undefined && !block.endsOnSameLine)
      this.open(depth + 1, block.end, block.endsAtBlankLine)
    return { kind: 'item', level: depth, content }
  }

  private prose(rest: string, depth: number): Kind {
    const isRule = RULE.test(rest)
    if (isRule || !this.paragraph) this.leave(depth)
    this.paragraph = !isRule
    return this.text()
  }

  private code(depth: number): Kind {
    this.leave(depth)
    return this.hidden()
  }

  private open(depth: number, end: RegExp, endsAtBlankLine: boolean): Kind {
    this.paragraph = false
    this.block = { depth, start: this.index, end, endsAtBlankLine }
    return this.hidden()
  }

  private leave(depth: number): void {
    this.lists.length = depth
  }

  private text(): Kind {
    return { kind: 'text', level: this.lists.length, content: 0 }
  }

  private hidden(): Kind {
    return { kind: 'hidden', level: this.lists.length, content: 0 }
  }
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
const LONGEST_LINE = 2_000

const WRAPPER = /^`{3,}(markdown|md)[ \t]*$/
const FRONT_MATTER = /^---[ \t]*$/
const KEY = /^[\w-]+:(?:\s|$)/
const BOX = /^\s*(?:[-*+]|\d+[.)])\s+\[[ xX]\]\s/
const RULE = /^([-*_])[ \t]*(\1[ \t]*){2,}$/
