/** Lines that a text gained and lost, without blank ones and whatever their order and indentation. */
export function changedLines(
  before: string,
  after: string,
): { added: string[]; removed: string[] } {
  const [earlier, current] = [linesOf(before), linesOf(after)]
  return { added: without(current, earlier), removed: without(earlier, current) }
}

/** The same for several files: a line that one file lost and another gained has only moved. */
export function withoutMovedLines<File extends { added: string[]; removed: string[] }>(
  files: readonly File[],
): File[] {
  const moved = inBoth(
    files.flatMap(({ added }) => added),
    files.flatMap(({ removed }) => removed),
  )
  const [left, gone] = [new Map(moved), new Map(moved)]
  return files.map(file => ({
    ...file,
    added: file.added.filter(line => !take(left, line)),
    removed: file.removed.filter(line => !take(gone, line)),
  }))
}

/** How often each line is in both lists. */
function inBoth(lines: readonly string[], others: readonly string[]): Map<string, number> {
  const [some, rest] = [countsOf(lines), countsOf(others)]
  return new Map([...some].map(([line, count]) => [line, Math.min(count, rest.get(line) ?? 0)]))
}

function countsOf(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  return counts
}

function take(counts: Map<string, number>, line: string): boolean {
  const left = counts.get(line) ?? 0
  counts.set(line, left - 1)
  return left > 0
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
  const counts = countsOf(others)
  return lines.filter(line => !take(counts, line))
}

const DEFINITIONS: readonly RegExp[] = [
  /\b(?:function\*?|class|def|fn|func|fun|interface|struct|enum|trait|sub)\s+(?:\([^)]*\)\s*|self\.)?([A-Za-z_$][\w$]*)/,
  /^(?:export\s+|pub\s+|public\s+|static\s+)*(?:const|let|var|val)\s+([A-Za-z_$][\w$]*)\s*[:=]/,
  /^(?:(?:public|private|protected|static|async|get|set|override|final)\s+)*[*#]?([A-Za-z_$][\w$]*)\s*\([^;]*\)\s*(?::[^={]+)?\{/,
]

const KEYWORD =
  /^(if|for|while|switch|catch|return|function|constructor|else|do|try|with|super|new|await|main)$/
