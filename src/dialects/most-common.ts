/** The text that occurs most often, of several the first; `undefined` if there is none. */
export function mostCommon(texts: readonly string[]): string | undefined {
  const tally = new Map<string, number>()
  for (const text of texts) tally.set(text, (tally.get(text) ?? 0) + 1)
  const [first] = [...tally].toSorted(([, a], [, b]) => b - a)
  return first?.[0]
}
