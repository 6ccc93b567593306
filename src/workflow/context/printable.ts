/**
 * Text that others wrote, as it may be shown: nothing in it steers a terminal, or hides from who reads it. Line feeds stay;
 * each other such character becomes a blank.
 */
export function printable(text: string): string {
  return text.replaceAll(UNSEEN, sign => (sign === '\n' ? sign : ' '))
}

const UNSEEN = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu
