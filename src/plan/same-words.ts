/**
 * Do two texts of a task ask for the same? Case, markup, punctuation, hyphens, articles and repeated words do not matter, and a typo in up to
 * two words is forgiven. If nothing else differs, another verb for "make" may begin the text. Any other word, a number, or the name of a file
 * makes it another task.
 */
export function sameWords(one: string, other: string): boolean {
  // Of a long plan, most texts are as they were.
  if (one === other) return true
  const [words, others] = [wordsOf(one), wordsOf(other)]
  if (words.length !== others.length) return false
  const different = words.flatMap((word, at) => (word === others[at] ? [] : [at]))
  if (different.join() === '0' && [words[0], others[0]].every(word => MAKE.has(word ?? '')))
    return true
  return (
    different.length <= MAX_TYPOS &&
    different.every(at => isTypo(words[at] ?? '', others[at] ?? ''))
  )
}

const MAX_TYPOS = 2

function wordsOf(text: string): string[] {
  const words = text
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll('&', ' and ')
    .replaceAll(/(?<=\p{L})-(?=\p{L})/gu, ' ')
    .split(/[\s"'`*,;:!?()[\]{}«»“”‘’]+/u)
  return words
    .map(word => word.replaceAll(/^[.\-–—]+|[.\-–—]+$/gu, ''))
    .filter(word => /[\p{L}\p{N}]/u.test(word) && !ARTICLES.has(word))
    .filter((word, at, all) => word !== all[at - 1])
}

/** Words that can only be verbs at the start of a task: "Build number" and "Display name" may be things, and "Change log" is one. */
const MAKE: ReadonlySet<string> = new Set(['add', 'implement', 'introduce', 'create'])

/** With the two usual typos of `the`, because a comparison of words cannot find the typo of a word that is left out. */
const ARTICLES = new Set(['a', 'an', 'the', 'teh', 'hte'])

function isProse(word: string, letters: number): boolean {
  return word.length >= letters && /^\p{L}+$/u.test(word)
}

/** Two letters swapped, or one too many, too few or other in a word that is long enough to be recognised. Only in plain prose. */
function isTypo(one: string, other: string): boolean {
  if (isSwap(one, other)) return true
  if (!isProse(one, 4) || !isProse(other, 4)) return false
  if (one.length === other.length) {
    const at = firstDifference(one, other)
    return one.slice(at + 1) === other.slice(at + 1)
  }
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  if (long.length - short.length !== 1) return false
  const at = firstDifference(short, long)
  return short.slice(at) === long.slice(at + 1)
}

/** `adn` for `and`. Two letters are too few: `no` and `on` are both words. */
function isSwap(one: string, other: string): boolean {
  if (!isProse(one, 3) || !isProse(other, 3)) return false
  const at = firstDifference(one, other)
  return one.slice(0, at) + (one[at + 1] ?? '') + (one[at] ?? '') + one.slice(at + 2) === other
}

function firstDifference(one: string, other: string): number {
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  return at
}
