/** The first known name that differs by a typo: by at most two letters. */
export function similarName(name: string, known: readonly string[]): string | undefined {
  return known.find(one => distance(name.toLowerCase(), one.toLowerCase()) <= 2)
}

/** How many letters have to be added, removed or replaced. Names are short. */
function distance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return 3
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let at = 0; at < one.length; at++) {
    const next = [at + 1]
    for (let to = 1; to <= other.length; to++)
      next.push(
        Math.min(
          (next[to - 1] ?? 0) + 1,
          (row[to] ?? 0) + 1,
          (row[to - 1] ?? 0) + (one[at] === other[to - 1] ? 0 : 1),
        ),
      )
    row = next
  }
  return row[other.length] ?? 0
}
