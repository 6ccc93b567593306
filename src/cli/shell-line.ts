/** Words as a line that a person can copy into a shell: words with special characters are quoted. */
export function shellLine(words: readonly string[]): string {
  return words.map(quoted).join(' ')
}

function quoted(word: string): string {
  const line = word.replaceAll(/\s*[\n\r]+\s*/g, ' ')
  if (/^[\w@%+=:,./-]+$/.test(line)) return line
  return `"${line.replaceAll(/["\\$`]/g, char => `\\${char}`)}"`
}
