import type { Node } from 'jsonc-parser'
import { compactJson, formatJson, indentAt, indentUnit, type JsonValue } from './json-format.ts'
import { childrenOf, commaAfter, endOfLineComments } from './json-tree.ts'
import { lineEnding } from './unusable.ts'

/**
 * The text with one more member at the end of an object, or one more item at the end of a list (`key` is `undefined`). It is written
 * in the form of the others, and every other byte stays.
 */
export function insertChild(
  body: string,
  parent: Node,
  key: string | undefined,
  value: JsonValue,
): string {
  const [first] = childrenOf(parent)
  if (isOnOneLine(body, parent)) return insertCompact(body, parent, key, value)
  return first ? insertAfterLast(body, parent, key, value) : insertFirst(body, parent, key, value)
}

function isOnOneLine(body: string, parent: Node): boolean {
  const [first] = childrenOf(parent)
  if (first) return !body.slice(parent.offset, first.offset).includes('\n')
  return !body.trim().includes('\n') && !/^\{\s*\}$/.test(body.trim())
}

function insertFirst(
  body: string,
  parent: Node,
  key: string | undefined,
  value: JsonValue,
): string {
  const close = endOf(parent) - 1
  const inner = body.slice(parent.offset + 1, close)
  const comments = inner.trimEnd()
  const white = inner.slice(comments.length)
  const outer = indentAt(body, parent.offset)
  const member = memberLines(body, key, value, `${outer}${indentUnit(body)}`)
  const tail = white.includes('\n') ? white : `${lineEnding(body)}${outer}`
  return splice(body, parent.offset + 1 + comments.length, close, `${member}${tail}`)
}

function insertAfterLast(
  body: string,
  parent: Node,
  key: string | undefined,
  value: JsonValue,
): string {
  const { end, comma } = lastMember(body, parent)
  const [first] = childrenOf(parent)
  const member = memberLines(body, key, value, indentAt(body, first?.offset ?? end))
  const at = endOfLineComments(body, comma === undefined ? end : comma + 1)
  if (comma !== undefined) return splice(body, at, at, `${member},`)
  return `${body.slice(0, end)},${body.slice(end, at)}${member}${body.slice(at)}`
}

function insertCompact(
  body: string,
  parent: Node,
  key: string | undefined,
  value: JsonValue,
): string {
  const gap = /[,:{] /.test(body) ? ' ' : ''
  const member = `${label(key, gap)}${compactJson(value, gap)}`
  if (childrenOf(parent).length === 0) {
    const inner = body.slice(parent.offset + 1, endOf(parent) - 1).trimEnd()
    const at = parent.offset + 1 + inner.length
    return splice(body, at, endOf(parent) - 1, `${gap}${member}${gap}`)
  }
  const { end, comma } = lastMember(body, parent)
  if (comma === undefined) return splice(body, end, end, `,${gap}${member}`)
  return splice(body, comma + 1, comma + 1, `${gap}${member},`)
}

function lastMember(body: string, parent: Node): { end: number; comma: number | undefined } {
  const last = childrenOf(parent).at(-1) ?? parent
  return { end: endOf(last), comma: commaAfter(body, last) }
}

function memberLines(
  body: string,
  key: string | undefined,
  value: JsonValue,
  indent: string,
): string {
  const eol = lineEnding(body)
  const text = formatJson(value, { eol, unit: indentUnit(body), indent })
  return `${eol}${indent}${label(key, ' ')}${text}`
}

/** The key of a member; items of a list have none. */
function label(key: string | undefined, gap: string): string {
  return key === undefined ? '' : `${JSON.stringify(key)}:${gap}`
}

function endOf({ offset, length }: Node): number {
  return offset + length
}

/** The text with its part between two offsets replaced. */
export function splice(text: string, start: number, end: number, inserted: string): string {
  return `${text.slice(0, start)}${inserted}${text.slice(end)}`
}
