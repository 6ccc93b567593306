/**
 * Parses the same text once: each step asks a dialect several questions about the same files. The result is shared, so it must not be
 * changed. Errors are not kept.
 */
export function parseOnce<Parsed, Rest extends unknown[]>(
  parse: (source: string, ...rest: Rest) => Parsed,
): (source: string, ...rest: Rest) => Parsed {
  const latest = new Map<string, Parsed>()
  return (source, ...rest) => {
    const known = latest.get(source)
    if (known !== undefined) return known
    const parsed = parse(source, ...rest)
    latest.set(source, parsed)
    const [oldest] = latest.keys()
    if (latest.size > CACHE_SIZE && oldest !== undefined) latest.delete(oldest)
    return parsed
  }
}

const CACHE_SIZE = 4
