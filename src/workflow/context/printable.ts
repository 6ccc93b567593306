/**
 * Makes text from files safe to print on a terminal: each control character and each invisible character (zero-width,
 * bidirectional) becomes a space. Line feeds stay.
 */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, character => (character === '\n' ? character : ' '))
}

const UNPRINTABLE = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu
