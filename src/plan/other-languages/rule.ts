/**
 * Titles of tasks in other languages than English. A pattern has to fit the whole title, so that a second clause that asks for code makes
 * it a task of its own.
 */

/** Does one of the patterns fit the title? Marks of Markdown are ignored. */
export function fits(title: string, patterns: readonly RegExp[]): boolean {
  const text = title.replaceAll(/[`*_]/g, '').trim().slice(0, MAX_LENGTH)
  return patterns.some(pattern => pattern.test(text))
}

/** A pattern for a whole title, without the remark in brackets that may end it. */
export function rule(words: string, end: string = END): RegExp {
  return new RegExp(`^(?:${words})${end}`, 'iu')
}

const MAX_LENGTH = 300
const END = String.raw`\s*(?:$|[.。（(])`

/** Articles and words for "all" in German. */
export const DE_ALL =
  '(?:(?:die|den|das|der|alle|alles|gesamte[ns]?|ganze[ns]?|komplette[ns]?|vollständige[ns]?|bestehenden?) )*'
