import { stripVTControlCharacters } from 'node:util'

/** A test's name in one line. Without control characters, it cannot forge another line of a report or of the ledger. */
export function cleanName(name: string): string {
  return oneLine(stripVTControlCharacters(name)).slice(0, MAX_NAME_LENGTH).toWellFormed()
}

/** The first non-empty line of a message, without colors. If it ends with a colon, the following lines are appended. */
export function firstLine(message: string): string {
  const lines = stripVTControlCharacters(message).split(/\r?\n/)
  const [first = '', ...rest] = lines.filter(line => line.trim() !== '')
  const following = first.trimEnd().endsWith(':')
    ? rest.filter(line => !STACK_FRAME.test(line))
    : []
  return oneLine([first, ...following].join(' '))
    .slice(0, MAX_MESSAGE_LENGTH)
    .toWellFormed()
}

/** Source of a regular expression that matches the original of a name that `cleanName` returned. */
export function namePattern(name: string, separator: string): string {
  return name
    .split(' > ')
    .map(part => part.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`).replace(/ /g, SPACE))
    .join(separator)
}

/** The characters that `cleanName` replaces by one space. */
export const SPACE = String.raw`[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+`

const STACK_FRAME = /^\s+at /
const MAX_NAME_LENGTH = 500
const MAX_MESSAGE_LENGTH = 300
const SPACES = new RegExp(SPACE, 'g')

function oneLine(text: string): string {
  return text.replace(SPACES, ' ').trim()
}
