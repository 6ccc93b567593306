/** The marker that a list item begins with. */
export interface Item {
  /** Length of the marker alone, and of the marker with the space after it. */
  marker: number
  width: number
  /** Whether it may directly follow a paragraph without a blank line. */
  interrupts: boolean
}

export function listItemAt(rest: string): Item | undefined {
  // To Markdown, a struck line is text. Its author strikes out an item.
  const struck = rest.startsWith('~~') ? STRUCK_BOX.exec(rest) : null
  if (struck !== null)
    return { marker: struck[1]?.length ?? 0, width: struck[0].length, interrupts: true }
  const match = /^([-*+]|(\d{1,9})[.)])(?:([ \t]+)|$)/.exec(rest)
  if (match === null) return undefined
  const [all, mark = '', number, gap = ''] = match
  const empty = all.length === rest.length
  // Five or more spaces start a code block in the item, so its content starts after the first space.
  const width =
    columnAt(`${mark}${gap}`, all.length) - mark.length > 4 ? mark.length + 1 : all.length
  const starts = number === undefined || Number(number) === 1
  return { marker: mark.length, width, interrupts: starts && !empty }
}

const STRUCK_BOX = /^(~~\s?(?:[-*+]|\d{1,9}[.)]))[ \t]+(?=\[)/

/** The first line of a code block, comment or HTML block. */
export interface BlockStart {
  /** Matches the line that ends the block. */
  end: RegExp
  endsAtBlankLine: boolean

  endsOnSameLine: boolean
}

export function blockStartAt(rest: string, inParagraph: boolean): BlockStart | undefined {
  const fence = /^(`{3,})[^`]*$|^(~{3,})/.exec(rest)
  if (fence !== null)
    return {
      end: closing(fence[1] ?? fence[2] ?? ''),
      endsAtBlankLine: false,
      endsOnSameLine: false,
    }
  for (const { begin, end } of HTML)
    if (begin.test(rest))
      return { end, endsAtBlankLine: false, endsOnSameLine: end.test(rest.replace(begin, '')) }
  const tag = TAG_BLOCK.test(rest) || (!inParagraph && TAG_ALONE.test(rest))
  return tag ? { end: NEVER, endsAtBlankLine: true, endsOnSameLine: false } : undefined
}

function closing(fence: string): RegExp {
  return new RegExp(`^\\s*${fence.slice(0, 1)}{${fence.length},}\\s*$`)
}

/** The column of an index in a line, from 0; a tab advances to the next multiple of four. */
export function columnAt(text: string, index: number): number {
  let column = 0
  for (let at = 0; at < index; at += 1) column += text[at] === '\t' ? 4 - (column % 4) : 1
  return column
}

const NEVER = /(?!)/

const HTML: readonly { begin: RegExp; end: RegExp }[] = [
  { begin: /^<!--/, end: /-->/ },
  { begin: /^<(script|pre|style|textarea)(?=[\s>]|$)/i, end: /<\/(script|pre|style|textarea)>/i },
  { begin: /^<\?/, end: /\?>/ },
  { begin: /^<!\[CDATA\[/, end: /\]\]>/ },
  { begin: /^<![a-z]/i, end: />/ },
]

const TAG_BLOCK =
  /^<\/?(address|article|aside|base|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?=[\s>]|\/>|$)/i

const TAG_ALONE = /^<\/?[a-z][\w-]*(\s[^<>]*)?\/?>\s*$/i
