/**
 * The items as part of a sentence: `a, b and c`. With a limit, the rest is counted: `a, b and 4 more`. Phrases that contain
 * commas need another separator. The name of a file may contain a line end, which must not begin a line of ours.
 */
export function formatList(items: readonly string[], limit = Infinity, separator = ', '): string {
  const rest = items.length - limit
  const lines = items
    .slice(0, limit)
    .map(item => item.replaceAll(/[\n\r\u0085\u2028\u2029]+/g, ' '))
  const shown = rest > 0 ? [...lines, `${rest} more`] : lines
  const last = shown.at(-1) ?? ''
  return shown.length > 1 ? `${shown.slice(0, -1).join(separator)} and ${last}` : last
}

/** At most `limit` lines, and a last one that counts the rest. */
export function limitLines(lines: readonly string[], limit: number): string[] {
  const rest = lines.length - limit
  return rest > 0 ? [...lines.slice(0, limit), `… and ${rest} more`] : [...lines]
}

/** A count with its noun: `1 task`, `2 tasks`. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`
}
