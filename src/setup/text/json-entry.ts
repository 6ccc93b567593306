import { isDeepStrictEqual } from 'node:util'
import { getNodeValue, type Node } from 'jsonc-parser'
import { compactJson, formatJson, indentAt, indentUnit, type JsonValue } from './json-format.ts'
import { commaAfter, endOfLineComments, memberOf, membersOf, parseRoot } from './json-tree.ts'
import { lineAt, lineEnding, splitMark, Unusable } from './unusable.ts'

type Path = readonly [string, ...string[]]

/** The value at a path; `undefined` if there is none. */
export function readEntry(text: string, path: Path): unknown {
  const { body } = splitMark(text)
  let node = parseRoot(body)
  for (const key of path) {
    if (node?.type !== 'object') return undefined
    node = memberOf(body, node, key)?.children?.[1]
  }
  return node && getNodeValue(node)
}

/**
 * The text with this value at the path. Objects on the way are created; every other byte stays. If the path holds an object already,
 * only the fields that `value` names change.
 */
export function setEntry(text: string, path: Path, value: JsonValue): string {
  const { mark, body } = splitMark(text)
  const root = parseRoot(body)
  return `${mark}${root ? setIn(body, root, path, path, value) : withoutRoot(body, nested(path, value))}`
}

function setIn(body: string, object: Node, rest: Path, path: Path, value: JsonValue): string {
  const [key, ...below] = rest
  const member = memberOf(body, object, key)
  const current = member?.children?.[1]
  const [next, ...more] = below
  if (!current) return insertMember(body, object, key, nested(below, value))
  if (next !== undefined) {
    if (current.type === 'object') return setIn(body, current, [next, ...more], path, value)
    const place = `line ${lineAt(body, current.offset)}`
    throw new Unusable(`its key ${JSON.stringify(key)} does not hold an object (${place})`)
  }
  if (isDeepStrictEqual(getNodeValue(current), value)) return body
  if (current.type !== 'object' || !isObject(value)) return replaceNode(body, current, value)
  return Object.entries(value).reduce(
    (text, [field, item]) => setEntry(text, [...path, field], item),
    body,
  )
}

function isObject(value: JsonValue): value is { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function replaceNode(body: string, { offset, length }: Node, value: JsonValue): string {
  const layout = { eol: lineEnding(body), unit: indentUnit(body), indent: indentAt(body, offset) }
  return splice(body, offset, offset + length, formatJson(value, layout))
}

/** Comments in a text without a value stay in front of it. */
function withoutRoot(body: string, value: JsonValue): string {
  const eol = lineEnding(body)
  const before = body.trim() === '' ? '' : `${body.trimEnd()}${eol}`
  return `${before}${formatJson(value, { eol, unit: '  ', indent: '' })}${eol}`
}

function nested(path: readonly string[], value: JsonValue): JsonValue {
  return path.reduceRight<JsonValue>((inner, key) => ({ [key]: inner }), value)
}

function insertMember(body: string, object: Node, key: string, value: JsonValue): string {
  const [first] = membersOf(object)
  if (isOnOneLine(body, object)) return insertCompact(body, object, key, value)
  return first
    ? insertAfterLast(body, object, key, value)
    : insertFirst(body, object, key, value)
}

function isOnOneLine(body: string, object: Node): boolean {
  const [first] = membersOf(object)
  if (first) return !body.slice(object.offset, first.offset).includes('\n')
  return !body.trim().includes('\n') && !/^\{\s*\}$/.test(body.trim())
}

function insertFirst(body: string, object: Node, key: string, value: JsonValue): string {
  const close = endOf(object) - 1
  const inner = body.slice(object.offset + 1, close)
  const comments = inner.trimEnd()
  const white = inner.slice(comments.length)
  const outer = indentAt(body, object.offset)
  const member = memberLines(body, key, value, `${outer}${indentUnit(body)}`)
  const tail = white.includes('\n') ? white : `${lineEnding(body)}${outer}`
  return splice(body, object.offset + 1 + comments.length, close, `${member}${tail}`)
}

function insertAfterLast(body: string, object: Node, key: string, value: JsonValue): string {
  const { end, comma } = lastMember(body, object)
  const [first] = membersOf(object)
  const member = memberLines(body, key, value, indentAt(body, first?.offset ?? end))
  const at = endOfLineComments(body, comma === undefined ? end : comma + 1)
  if (comma !== undefined) return splice(body, at, at, `${member},`)
  return `${body.slice(0, end)},${body.slice(end, at)}${member}${body.slice(at)}`
}

function insertCompact(body: string, object: Node, key: string, value: JsonValue): string {
  const gap = /[,:{] /.test(body) ? ' ' : ''
  const member = `${JSON.stringify(key)}:${gap}${compactJson(value, gap)}`
  if (membersOf(object).length === 0) {
    const inner = body.slice(object.offset + 1, endOf(object) - 1).trimEnd()
    const at = object.offset + 1 + inner.length
    return splice(body, at, endOf(object) - 1, `${gap}${member}${gap}`)
  }
  const { end, comma } = lastMember(body, object)
  if (comma === undefined) return splice(body, end, end, `,${gap}${member}`)
  return splice(body, comma + 1, comma + 1, `${gap}${member},`)
}

function lastMember(body: string, object: Node): { end: number; comma: number | undefined } {
  const last = membersOf(object).at(-1) ?? object
  return { end: endOf(last), comma: commaAfter(body, last) }
}

function memberLines(body: string, key: string, value: JsonValue, indent: string): string {
  const eol = lineEnding(body)
  const text = formatJson(value, { eol, unit: indentUnit(body), indent })
  return `${eol}${indent}${JSON.stringify(key)}: ${text}`
}

function endOf({ offset, length }: Node): number {
  return offset + length
}

export function splice(text: string, start: number, end: number, inserted: string): string {
  return `${text.slice(0, start)}${inserted}${text.slice(end)}`
}
