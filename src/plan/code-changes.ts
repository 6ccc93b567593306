/** Lines that a text gained and lost, without blank ones and whatever their order and indentation. */
export function changedLines(
  before: string,
  after: string,
): { added: string[]; removed: string[] } {
  const [earlier, current] = [linesOf(before), linesOf(after)]
  return { added: without(current, earlier), removed: without(earlier, current) }
}

/** Names that lines define and that the text before them does not contain. */
export function newNames(before: string, added: readonly string[]): string[] {
  const known = new Set(before.match(/[\w$]+/g))
  const names = added.flatMap(line =>
    DEFINITIONS.flatMap(pattern => pattern.exec(line)?.[1] ?? []).filter(
      name => name.length > 1 && !KEYWORD.test(name) && !known.has(name),
    ),
  )
  return [...new Set(names)]
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
}

/** The lines of the first list that the second does not have as often. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const line of others) counts.set(line, (counts.get(line) ?? 0) + 1)
  return lines.filter(line => {
    const left = counts.get(line) ?? 0
    counts.set(line, left - 1)
    return left <= 0
  })
}

const DEFINITIONS: readonly RegExp[] = [
  /\b(?:function\*?|class|def|fn|func|fun|interface|struct|enum|trait|sub)\s+(?:\([^)]*\)\s*|self\.)?([A-Za-z_$][\w$]*)/,
  /^(?:export\s+|pub\s+|public\s+|static\s+)*(?:const|let|var|val)\s+([A-Za-z_$][\w$]*)\s*[:=]/,
  /^(?:(?:public|private|protected|static|async|get|set|override|final)\s+)*[*#]?([A-Za-z_$][\w$]*)\s*\([^;]*\)\s*(?::[^={]+)?\{/,
]

const KEYWORD =
  /^(if|for|while|switch|catch|return|function|constructor|else|do|try|with|super|new|await|main)$/
