/**
 * The ids that a text names: one id, a range such as `T001-T005`, or several of these separated by commas. In the order of `ids`,
 * which is the order of the plan. A part that names no id is `unknown`.
 */
export function idsNamedBy(
  text: string,
  ids: readonly string[],
): { ids: string[]; unknown: string[] } {
  const positions = new Map(ids.map((id, index) => [id, index]))
  const named = new Set<number>()
  const unknown: string[] = []
  for (const part of text.split(',').map(part => part.trim())) {
    const found = positionsIn(part, positions)
    if (found.length === 0 && part !== '') unknown.push(part)
    for (const position of found) named.add(position)
  }
  return { ids: ids.filter((_, index) => named.has(index)), unknown }
}

/** The positions that one id or a range names. An id may itself contain a dash, so every dash is tried as the separator. */
function positionsIn(part: string, positions: ReadonlyMap<string, number>): number[] {
  const single = positions.get(part)
  if (single !== undefined) return [single]
  for (const dash of part.matchAll(/\.\.|[-–]/g)) {
    const first = positions.get(part.slice(0, dash.index).trim())
    const last = positions.get(part.slice(dash.index + dash[0].length).trim())
    if (first !== undefined && last !== undefined && first <= last) {
      return Array.from({ length: last - first + 1 }, (_, offset) => first + offset)
    }
  }
  return []
}
