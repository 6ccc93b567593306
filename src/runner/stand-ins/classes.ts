/**
 * Classes in the text of a source file with braces, each with the names of its members.
 *
 * @param heading matches up to the opening brace; its first group is the name of the class
 */
export function classesIn(
  text: string,
  heading: RegExp,
  membersOf: (body: string) => string[],
): Map<string, Set<string>> {
  const classes = new Map<string, Set<string>>()
  for (const match of text.matchAll(heading)) {
    const start = match.index + match[0].length
    const end = closingBrace(text, start)
    classes.set(match[1] ?? '', new Set(membersOf(text.slice(start, end))))
  }
  return classes
}

/** Members of classes that exist in both versions, as class and name, that only the current version has. */
export function newMembers(
  earlier: ReadonlyMap<string, ReadonlySet<string>>,
  current: ReadonlyMap<string, ReadonlySet<string>>,
): [string, string][] {
  return [...current].flatMap(([name, members]) => {
    const known = earlier.get(name)
    if (!known) return []
    return [...members].flatMap((member): [string, string][] =>
      known.has(member) ? [] : [[name, member]],
    )
  })
}

/** Where the block that begins at `start`, after its opening brace, ends. Strings and comments are not looked at. */
export function closingBrace(text: string, start: number): number {
  let depth = 1
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1
    else if (text[at] === '}') depth -= 1
    if (depth === 0) return at
  }
  return text.length
}
