import { getNodeValue, parseTree, type Node, type ParseError } from 'jsonc-parser'
import { Unreadable, Unsupported } from '../dialect.ts'
import { bracketAt } from '../json-depth.ts'

/** A JSON text with the places of everything in it. */
export interface JsonDocument {
  source: string
  root: Node
  /** 1-based line of an offset. */
  lineAt: (offset: number) => number
}

/** One `"key": value` of an object, with the offset of its key and the end of its value. */
export interface Member {
  key: string
  value: Node
  start: number
  keyEnd: number
  end: number
}

/** Parses strict JSON, a byte order mark allowed; throws `Unreadable` for anything else. */
export function parseDocument(source: string, path: string): JsonDocument {
  // A blank in place of the mark keeps every offset.
  const text = source.replace(/^\u{feff}/u, ' ')
  const lineAt = linesOf(source)
  // Readers that call themselves would run out of stack.
  const deep = bracketAt(text, depth => depth > DEEPEST)
  if (deep !== undefined)
    throw new Unsupported(path, lineAt(deep), `It is nested more than ${DEEPEST} levels deep.`)
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false })
  const wrong = errors[0]?.offset ?? (isJson(text) ? undefined : 0)
  if (root === undefined || wrong !== undefined) {
    const line = lineAt(Math.min(wrong ?? 0, source.trimEnd().length))
    throw new Unreadable(path, line, `It is not valid JSON at line ${line}. Mend it there.`)
  }
  return { source, root, lineAt }
}

/** The members of an object in the order of the file; empty for anything else. */
export function membersOf(node: Node): Member[] {
  if (node.type !== 'object') return []
  return (node.children ?? []).flatMap(({ children = [], offset }) => {
    const [name, value] = children
    if (name === undefined || value === undefined) return []
    const keyEnd = name.offset + name.length
    return [{ key: stringOf(name) ?? '', value, start: offset, keyEnd, end: endOf(value) }]
  })
}

/** The value of a key; where the key is repeated the last one counts, as for every reader of JSON. */
export function valueOf(node: Node, key: string): Node | undefined {
  return firstOf(node, [key])
}

/** The value of the first of these keys that the object has. */
export function firstOf(node: Node, keys: readonly string[]): Node | undefined {
  const members = membersOf(node)
  const ofKey = (key: string) => members.findLast(member => member.key === key)?.value
  return keys.map(ofKey).find(value => value !== undefined)
}

/** The members whose key stands there before them. */
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

/** The value of a node as JSON means it. */
export function jsonOf(node: Node | undefined): unknown {
  const value: unknown = node && getNodeValue(node)
  return value
}

/** The strings of a list, or the one that stands there without a list. */
export function stringsOf(node: Node | undefined): string[] {
  const nodes = node?.type === 'array' ? (node.children ?? []) : [node]
  return nodes.flatMap(one => stringOf(one) ?? [])
}

export function endOf({ offset, length }: Node): number {
  return offset + length
}

/** The tree is built by a lenient parser; this one has the last word. */
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

const DEEPEST = 100
