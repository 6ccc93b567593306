/**
 * Do two versions of a document say the same to its reader? White space outside of code does not count, and neither does an added comment
 * or placeholder such as `TODO`.
 */
export function saysTheSame(before: string, now: string): boolean {
  const [one, other] = [contentOf(before), contentOf(now)]
  return one.text === other.text && one.leftOut <= other.leftOut
}

/** Does a document say nothing yet? */
export function saysNothing(text: string): boolean {
  return contentOf(text)
    .text.split(' ')
    .every(word => SIGNS.test(word))
}

interface Content {
  text: string
  /** How many comments and placeholders it has besides. */
  leftOut: number
}

function contentOf(source: string): Content {
  const { text, comments } = withoutComments(source)
  const parts: string[] = []
  let isCode = false
  let placeholders = 0
  for (const line of text.split('\n')) {
    if (FENCE.test(line)) isCode = !isCode
    const words = isCode ? [line] : line.split(/\s+/)
    const kept = words.filter(word => isCode || !PLACEHOLDER.test(word))
    placeholders += words.length - kept.length
    parts.push(...kept.filter(word => word.trim() !== '' && !HEADING.test(word)))
  }
  return { text: parts.join(' '), leftOut: comments + placeholders }
}

function withoutComments(source: string): { text: string; comments: number } {
  // Split, because a pattern for both ends is not linear in a text with many beginnings.
  const [first = '', ...rest] = source.split('<!--')
  return { text: [first, ...rest.map(afterComment)].join(' '), comments: rest.length }
}

function afterComment(part: string): string {
  return part.includes('-->') ? part.slice(part.indexOf('-->') + 3) : ''
}

const FENCE = /^\s{0,3}(```|~~~)/
const HEADING = /^#{1,6}$/
const PLACEHOLDER =
  /^[^\p{L}\p{N}]{0,9}(to-?do|tbd|tba|fixme|wip|placeholder|lorem|ipsum)[^\p{L}\p{N}]{0,9}$/iu
/** Nothing but punctuation, or a letter that only fills a place. */
const SIGNS = /^[^\p{L}\p{N}]*(x+[^\p{L}\p{N}]*)?$/iu
