import { blockStartAt, columnAt, listItemAt, type Item } from './markdown-blocks.ts'
import { FRONT_MATTER } from './front-matter.ts'

/** What a line is. */
export interface LineRole {
  /** `hidden`: inside a code block, an HTML block, a comment or the front matter. */
  kind: 'blank' | 'text' | 'heading' | 'item' | 'hidden'
  /** For a heading 1–6, for an item its depth from 0, for other lines the number of enclosing lists. */
  level: number
  /** Index in the line where the content of a heading or an item begins. */
  content: number
}

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

/** Decides the role of each line, from the first to the last. */
export class MarkdownScanner {
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

  next(text: string, index: number): LineRole {
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

  private blankLine(): LineRole {
    this.paragraph = false
    if (this.block?.endsAtBlankLine === true) this.block = undefined
    return {
      kind: this.block === undefined ? 'blank' : 'hidden',
      level: this.lists.length,
      content: 0,
    }
  }

  private inBlock(text: string, depth: number): LineRole | undefined {
    if (this.block === undefined) return undefined
    if (depth < this.block.depth) {
      this.block = undefined
      return undefined
    }
    if (this.block.end.test(text)) this.block = undefined
    return this.hidden()
  }

  private line(text: string, first: number, column: number, depth: number): LineRole {
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

  private startBlock(rest: string, depth: number, continues: boolean): LineRole | undefined {
    const block = blockStartAt(rest, continues)
    if (block === undefined) return undefined
    this.leave(depth)
    return block.endsOnSameLine ? this.hidden() : this.open(depth, block.end, block.endsAtBlankLine)
  }

  private heading(rest: string, first: number, depth: number): LineRole | undefined {
    const marks = /^(#{1,6})(\s+|$)/.exec(rest)
    if (marks === null) return undefined
    this.leave(depth)
    this.paragraph = false
    return { kind: 'heading', level: marks[1]?.length ?? 1, content: first + marks[0].length }
  }

  private item(text: string, first: number, column: number, depth: number, item: Item): LineRole {
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

  private prose(rest: string, depth: number): LineRole {
    const isRule = RULE.test(rest)
    if (isRule || !this.paragraph) this.leave(depth)
    this.paragraph = !isRule
    return this.text()
  }

  private code(depth: number): LineRole {
    this.leave(depth)
    return this.hidden()
  }

  private open(depth: number, end: RegExp, endsAtBlankLine: boolean): LineRole {
    this.paragraph = false
    this.block = { depth, start: this.index, end, endsAtBlankLine }
    return this.hidden()
  }

  private leave(depth: number): void {
    this.lists.length = depth
  }

  private text(): LineRole {
    return { kind: 'text', level: this.lists.length, content: 0 }
  }

  private hidden(): LineRole {
    return { kind: 'hidden', level: this.lists.length, content: 0 }
  }
}

const WRAPPER = /^`{3,}(markdown|md)[ \t]*$/

const RULE = /^([-*_])[ \t]*(\1[ \t]*){2,}$/
