import { stripVTControlCharacters } from 'node:util'

/** A test's name in one line: no control character in it can forge another line of a report or a ledger. */
export function cleanName(name: string): string {
  return oneLine(stripVTControlCharacters(name)).slice(0, LONGEST_NAME).toWellFormed()
}

/** The first line that says something, without colours; a line that only announces the next ones, with them. */
export function firstLine(message: string): string {
  const lines = stripVTControlCharacters(message).split(/\r?\n/)
  const [first = '', ...rest] = lines.filter(line => line.trim() !== '')
  const announced = first.trimEnd().endsWith(':') ? rest.filter(line => !FRAME.test(line)) : []
  return oneLine([first, ...announced].join(' '))
    .slice(0, LONGEST_MESSAGE)
    .toWellFormed()
}

/** A pattern for a regular expression which matches the name that `cleanName` made one line of. */
export function namePattern(name: string, separator: string): string {
  return name
    .split(' > ')
    .map(part => part.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`).replace(/ /g, BLANK))
    .join(separator)
}

/** What `cleanName` turns into one space. */
export const BLANK = String.raw`[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+`

/** A line of a stack. */
const FRAME = /^\s+at /
const LONGEST_NAME = 500
const LONGEST_MESSAGE = 300
const BLANKS = new RegExp(BLANK, 'g')

function oneLine(text: string): string {
  return text.replace(BLANKS, ' ').trim()
}
