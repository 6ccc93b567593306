import { isDeepStrictEqual } from 'node:util'
import { getNodeValue, type Node } from 'jsonc-parser'
import { formatJson, indentAt, indentUnit, type JsonValue } from './json-format.ts'
import { insertChild, splice } from './json-insertion.ts'
import { memberOf, parseRoot } from './json-tree.ts'
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
  if (!current) return insertChild(body, object, key, nested(below, value))
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
