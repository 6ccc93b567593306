/** The finds that share a word with the query: most common words first, then the newest. */
export function search(finds, words) {
  const wanted = new Set(wordsOf(words))
  return finds
    .map(find => ({ find, common: wordsOf(find.what).filter(word => wanted.has(word)).length }))
    .filter(({ common }) => common > 0)
    .sort((a, b) => b.common - a.common || b.find.number - a.find.number)
    .map(({ find }) => find)
}

function wordsOf(text) {
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return [...new Set(plain.match(/[\p{L}\p{N}]+/gu))]
}
