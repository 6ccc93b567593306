/**
 * The file of a chain that grew on two sides: every line of both, ours first. Usually one side continued the other. Copies of a clone
 * continue the same line, and then the chain forks.
 */
export function mergeLedgers(ours: string, theirs: string): string {
  const own = linesOf(ours)
  const known = new Set(own)
  const added = linesOf(theirs).filter(line => !known.has(line))
  return [...own, ...added].map(line => `${line}\n`).join('')
}

function linesOf(text: string): string[] {
  return text.split('\n').filter(line => line !== '')
}
