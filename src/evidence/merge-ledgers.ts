/**
 * The file of a chain that grew on two sides: every line of both, ours first. Usually one side continued the other. Copies of a clone
 * continue the same line, and then the chain forks. `undefined` if a side has an unfinished last line, which must not look like a whole
 * one.
 */
export function mergeLedgers(ours: string, theirs: string): string | undefined {
  if ([ours, theirs].some(text => text !== '' && !text.endsWith('\n'))) return undefined
  const own = linesOf(ours)
  const known = new Set(own)
  const added = linesOf(theirs).filter(line => !known.has(line))
  return [...own, ...added].map(line => `${line}\n`).join('')
}

function linesOf(text: string): string[] {
  return text.split('\n').filter(line => line !== '')
}
