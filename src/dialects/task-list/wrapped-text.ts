import { isCut, type Row } from '../markdown.ts'

/** The text of a list item to the end of its sentence. */
export interface WrappedText {
  text: string
  /** Index of the last row that belongs to it. */
  last: number
}

/**
 * Adds to the text of an item the lines below it that continue it. Markdown shows them as one paragraph, but authors also write a field
 * such as `Files: …`, or a sentence about the task, directly below its title: such a line begins the details. So does the next
 * line of a text that is longer than `most`.
 */
export function wrappedText(
  rows: readonly Row[],
  index: number,
  first: string,
  most = MAX_TITLE_LENGTH,
): WrappedText {
  let text = first.trim()
  let last = index
  while (text.length < most && continues(rows[last], rows[last + 1], rows[index])) {
    last += 1
    text = joined(text, rows[last]?.text.trim() ?? '')
  }
  return { text, last }
}

function continues(before: Row | undefined, row: Row | undefined, item: Row | undefined): boolean {
  if (!before || !item || item.kind !== 'item' || row?.kind !== 'text' || isCut(before))
    return false
  const line = row.text.trim()
  if (HARD_BREAK.test(before.text) || NOT_PROSE.test(line) || FIELD.test(line)) return false
  const text = before.text.trim()
  if (INTRODUCTION.test(text)) return false
  if (SMALL_LETTER.test(line)) return true
  if (SENTENCE_END.test(text)) return false
  return !CAPITAL_LETTER.test(line) || (isIndented(row, item) && isUnfinished(before.text, text))
}

/** A line that was full, or that ends in the middle of a sentence for sure. */
function isUnfinished(source: string, text: string): boolean {
  return source.trimEnd().length >= FULL_LINE || JOINING_WORD.test(text)
}

function isIndented(row: Row, item: Row): boolean {
  return row.text.search(/\S/) > item.text.search(/\S/)
}

/** Chinese and Japanese are written without spaces between words. */
function joined(text: string, line: string): string {
  return WITHOUT_SPACES.test(text.slice(-1)) && WITHOUT_SPACES.test(line.slice(0, 1))
    ? `${text}${line}`
    : `${text} ${line}`
}

/** In characters. */
const MAX_TITLE_LENGTH = 300
/** Editors wrap at 72 columns or more, and the next word did not fit. */
const FULL_LINE = 60

const HARD_BREAK = / {2,}$|\\$/
/** The start of a table, a quotation, a list, a rule or a box. */
const NOT_PROSE =
  /^(?:[|>•·▪◦☐☑✅⬜❌]|\d{1,9}[.)](?:\s|$)|={2,}\s*$|([-*_])(?:\s*\1){2,}\s*$|\\?\[[^\]]?\\?\](?!\())/u
const FIELD =
  /^(?:[*_]{1,2}[^*_]{1,60}[*_]{1,2}\s*[:：]|[*_]{1,2}[^*_:：]{1,60}[:：]|\p{Lu}[\p{L}\p{N} /&()-]{0,30}[:：](?=\s|$)|\p{Lo}{1,8}\s?[:：]|(?:files?|paths?|tests?|depends(?: on)?|deps|dependencies|requires|requirements?|acceptance|notes?|verify|validation|output|status|example|why|how|what)\s*[:：])/u
const INTRODUCTION = /[:：][*_`"')]{0,3}$/
const SMALL_LETTER = /^["'“„«([*_]{0,3}\p{Ll}/u
const CAPITAL_LETTER = /^["'“„«([*_]{0,3}\p{Lu}/u
const SENTENCE_END = /[.!?。！？]["'”»)\]*_`]{0,3}$/u
const JOINING_WORD =
  /(?:[,，、(–—+&/]|(?<![\p{L}\p{N}])(?:a|an|the|and|or|but|of|to|in|on|at|by|as|for|with|without|from|into|onto|via|per|than|that|which|when|while|if|is|are|be|its|their|und|oder|der|die|das|den|dem|mit|für|von|de|del|la|el|les|et|y|e|o|con|para|por|avec|pour|и|или|в|на|с|для))$/iu
const WITHOUT_SPACES = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}、。，；：！？（）「」]/u
