import { withoutLineEnds } from '../runner/safe-text.ts'

/** Words as a line that a human can copy into a shell: words with special characters are quoted. */
export function shellLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ')
}

function shellWord(word: string): string {
  const line = withoutLineEnds(word)
  return /^[\w@%+=:,./-]+$/.test(line) ? line : quoted(line)
}

/** In single quotes nothing is special, not even `!`. Every shell can end the quote, escape one, and start it again. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
