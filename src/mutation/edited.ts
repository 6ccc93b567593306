import type { Edit, Grammar } from './grammar.ts'

/** What has to stay at the beginning of a file. */
const BEGINNING = /^\uFEFF?(?:#![^\n]*\n)?/

/** The text of a mutant. It shares its parts with the original, so that many mutants of a long file need little memory. */
export function edited(text: string, edit: Edit, { header = '' }: Grammar): string {
  const at = header === '' ? 0 : (BEGINNING.exec(text)?.[0].length ?? 0)
  const { start, end, text: inserted } = edit
  return text.slice(0, at) + header + text.slice(at, start) + inserted + text.slice(end)
}
