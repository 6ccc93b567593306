import { stripVTControlCharacters } from 'node:util'
import { firstLine } from './names.ts'
import { countOf } from '../../plan/format-list.ts'

/**
 * What a failure says in one line: the first line of its message and, if it has a difference of values, the lines that differ.
 * Without them, `expected [ …(2) ] to deeply equal [ …(2) ]` shows nothing to act on.
 */
export function failureMessage(message: string): string {
  const lines = stripVTControlCharacters(message).split(/\r?\n/)
  const at = lines.findIndex(line => line.trim() !== '')
  const removed = lines.slice(at + 1).filter(line => isPart(line, '-'))
  const added = lines.slice(at + 1).filter(line => isPart(line, '+'))
  if (removed.length === 0 && added.length === 0) return firstLine(message)
  const head = firstLine(lines[at] ?? '').slice(0, MAX_HEAD)
  const pairs = Array.from({ length: MAX_PAIRS }, (_, at) => cutPair(removed[at], added[at])).flat()
  const shown = pairs.filter(line => line !== undefined)
  const left = removed.length + added.length - shown.length
  const rest =
    left > 0 ? [`(${countOf(left, 'more line')} ${left === 1 ? 'differs' : 'differ'})`] : []
  return firstLine([head, ...shown, ...rest].join(' '))
}

/** A line of a difference, without the headings that the frameworks write above it. */
function isPart(line: string, sign: '-' | '+'): boolean {
  return line.trimStart().startsWith(sign) && /^\s*[-+]\s*\S/.test(line) && !HEADING.test(line)
}

const HEADING =
  /^\s*(?:[-+] (?:Expected|Received|Actual)\b(?:\s*[-+]\s*\d+)?|\+ actual - expected|[-+]{3} .*|[-+]\s*(?:actual|expected))\s*$/i

/** Both lines, cut to the part in which they differ if they are long. */
function cutPair(removed: string | undefined, added: string | undefined): (string | undefined)[] {
  if (removed === undefined || added === undefined)
    return [removed, added].map(line => (line === undefined ? undefined : cut(line.trim(), 1, 0)))
  const [one, other] = [removed.trim(), added.trim()]
  let start = 1
  while (start < one.length && one[start] === other[start]) start += 1
  let end = 0
  const shorter = Math.min(one.length, other.length)
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end += 1
  return [cut(one, start, end), cut(other, start, end)]
}

/** The line with its sign and the part between the common start and the common end, with some context. */
function cut(line: string, start: number, end: number): string {
  if (line.length <= MAX_LINE) return line
  const from = Math.max(1, start - CONTEXT)
  const to = Math.min(line.length - Math.max(0, end - CONTEXT), from + MAX_LINE)
  const before = from > 1 ? '…' : ''
  const after = to < line.length ? '…' : ''
  return `${line[0] ?? ''} ${before}${line.slice(from, to).trim()}${after}`
}

const MAX_HEAD = 120
const MAX_PAIRS = 3
const MAX_LINE = 60
const CONTEXT = 12
