/**
 * Do two versions of a document say the same to its reader? White space, comments and placeholders such as `TODO` do not count.
 */
export function saysTheSame(one: string, other: string): boolean {
  return wordsOf(one) === wordsOf(other)
}

/** Does a document say nothing yet? */
export function saysNothing(text: string): boolean {
  return saysTheSame(text, '')
}

function wordsOf(text: string): string {
  return withoutComments(text)
    .split(/\s+/)
    .filter(word => word !== '' && !PLACEHOLDER.test(word))
    .join(' ')
}

function withoutComments(text: string): string {
  // Split, because a pattern for both ends is not linear in a text with many beginnings.
  const [first = '', ...rest] = text.split('<!--')
  return [first, ...rest.map(afterComment)].join(' ')
}

function afterComment(part: string): string {
  return part.includes('-->') ? part.slice(part.indexOf('-->') + 3) : ''
}

const PLACEHOLDER =
  /^[^\p{L}\p{N}]{0,9}(to-?do|tbd|tba|fixme|wip|placeholder|lorem|ipsum|x+)?[^\p{L}\p{N}]{0,9}$/iu
