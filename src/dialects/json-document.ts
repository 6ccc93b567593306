import { getNodeValue, parseTree, type Node, type ParseError } from 'jsonc-parser'
import { Unreadable, Unsupported } from './dialect.ts'
import { bracketAt } from './json-depth.ts'
import { parseOnce } from './parse-once.ts'

/** A JSON text with the offsets of everything in it. */
export interface JsonDocument {
  source: string
  root: Node
  /** 1-based line of an offset. */
  lineAt: (offset: number) => number
}

/** One `"key": value` of an object; `start` is the offset of the key, `end` that of the end of the value. */
export interface Member {
  key: string
  value: Node
  start: number
  keyEnd: number
  end: number
}

/** Parses strict JSON, with an optional byte order mark; throws `Unreadable` for anything else. */
export const parseDocument = parseOnce(parse)

function parse(source: string, path: string): JsonDocument {
  // A space instead of the byte order mark keeps every offset.
  const text = source.replace(/^\u{feff}/u, ' ')
  const lineAt = linesOf(source)
  // Recursive parsers would run out of stack.
  const deep = bracketAt(text, depth => depth > MAX_DEPTH)
  if (deep !== undefined)
    throw new Unsupported(
      path,
      lineAt(deep),
      `The JSON is nested more than ${MAX_DEPTH} levels deep.`,
    )
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false })
  const wrong = errors[0]?.offset ?? (isJson(text) ? undefined : 0)
  if (root === undefined || wrong !== undefined) {
    const line = lineAt(Math.min(wrong ?? 0, source.trimEnd().length))
    throw new Unreadable(path, line, `The file is not valid JSON at line ${line}. Fix it there.`)
  }
  return { source, root, lineAt }
}

/** The members of an object in file order; empty for other values. */
export function membersOf(node: Node): Member[] {
  if (node.type !== 'object') return []
  return (node.children ?? []).flatMap(({ children = [], offset }) => {
    const [name, value] = children
    if (name === undefined || value === undefined) return []
    const keyEnd = name.offset + name.length
    return [{ key: stringOf(name) ?? '', value, start: offset, keyEnd, end: endOf(value) }]
  })
}

/** The value of a key. If the key is repeated, the last one counts, as in every JSON parser. */
export function valueOf(node: Node, key: string): Node | undefined {
  return firstOf(node, [key])
}

/** The value of the first of these keys that the object has. */
export function firstOf(node: Node, keys: readonly string[]): Node | undefined {
  const members = membersOf(node)
  const ofKey = (key: string) => members.findLast(member => member.key === key)?.value
  return keys.map(ofKey).find(value => value !== undefined)
}

/** The members whose key already occurs before them. */
export function repeatedMembers(members: readonly Member[]): Member[] {
  const seen = new Set<string>()
  return members.filter(({ key }) => {
    const isSecond = seen.has(key)
    seen.add(key)
    return isSecond
  })
}

export function stringOf(node: Node | undefined): string | undefined {
  const value: unknown = node?.value
  return typeof value === 'string' ? value : undefined
}

/** The value of a node. */
export function jsonOf(node: Node | undefined): unknown {
  const value: unknown = node && getNodeValue(node)
  return value
}

/** The strings of a list, or a single string as a list. */
export function stringsOf(node: Node | undefined): string[] {
  const nodes = node?.type === 'array' ? (node.children ?? []) : [node]
  return nodes.flatMap(one => stringOf(one) ?? [])
}

export function endOf({ offset, length }: Node): number {
  return offset + length
}

/** The parser of the tree is lenient, so the strict one decides. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function linesOf(source: string): (offset: number) => number {
  const starts = [0, ...[...source.matchAll(/\r\n|\n|\r/g)].map(one => one.index + one[0].length)]
  return offset => {
    let [low, high] = [0, starts.length]
    while (low + 1 < high) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return low + 1
  }
}

const MAX_DEPTH = 100
