/**
 * Do two texts of a task ask for the same? Case, markup, punctuation and articles do not matter, and a typo in up to two longer
 * words is forgiven. Any other word, a number, or the name of a file makes it another task.
 */
export function sameWords(one: string, other: string): boolean {
  const [words, others] = [wordsOf(one), wordsOf(other)]
  if (words.length !== others.length) return false
  const different = words.flatMap((word, at) => (word === others[at] ? [] : [[word, others[at]]]))
  return different.length <= MOST_TYPOS && different.every(([a = '', b = '']) => isTypo(a, b))
}

const MOST_TYPOS = 2

function wordsOf(text: string): string[] {
  const words = text
    .toLowerCase()
    .normalize('NFKC')
    .split(/[\s"'`*,;:!?()[\]{}«»“”‘’]+/u)
  return words
    .map(word => word.replaceAll(/^[.\-–—]+|[.\-–—]+$/gu, ''))
    .filter(word => /[\p{L}\p{N}]/u.test(word) && !ARTICLES.has(word))
}

const ARTICLES = new Set(['a', 'an', 'the'])

function isProse(word: string): boolean {
  return /^\p{L}{4,}$/u.test(word)
}

/** One letter too many, too few, other or swapped, in a word that is long enough to be recognised and is plain prose. */
function isTypo(one: string, other: string): boolean {
  if (!isProse(one) || !isProse(other)) return false
  if (one.length === other.length) {
    const at = firstDifference(one, other)
    const swapped = one.slice(0, at) + (one[at + 1] ?? '') + (one[at] ?? '') + one.slice(at + 2)
    return one.slice(at + 1) === other.slice(at + 1) || swapped === other
  }
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  if (long.length - short.length !== 1) return false
  const at = firstDifference(short, long)
  return short.slice(at) === long.slice(at + 1)
}

function firstDifference(one: string, other: string): number {
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  return at
}
