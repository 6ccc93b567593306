import type { Node } from 'jsonc-parser'
import { splice } from './json-insertion.ts'
import { commaAfter, memberOf, childrenOf, parseRoot } from './json-tree.ts'
import { splitMark } from './unusable.ts'

/** The text without the member at the path, with one of the commas beside it. Comments stay. */
export function removeEntry(text: string, path: readonly [string, ...string[]]): string {
  const { mark, body } = splitMark(text)
  let object = parseRoot(body)
  for (const key of path.slice(0, -1)) {
    object = object?.type === 'object' ? memberOf(body, object, key)?.children?.[1] : undefined
  }
  if (object?.type !== 'object') return text
  const member = memberOf(body, object, path.at(-1) ?? '')
  return member ? `${mark}${removeMember(body, object, member)}` : text
}

/** The text without a child of an object or a list. */
export function removeMember(body: string, object: Node, member: Node): string {
  const members = childrenOf(object)
  const end = member.offset + member.length
  const previous = members[members.indexOf(member) - 1]
  const after = commaAfter(body, member)
  const start = body.slice(0, member.offset).trimEnd().length
  const removed = splice(body, start, after === undefined ? end : after + 1, '')
  if (members.length === 1) return withoutWhite(removed, object.offset + 1)
  if (after !== undefined || !previous) return removed
  const before = commaAfter(body, previous)
  return before === undefined ? removed : splice(removed, before, before + 1, '')
}

/** The brackets side by side if only white space is left between them. */
function withoutWhite(text: string, from: number): string {
  const close = from + (/^\s*/.exec(text.slice(from))?.[0].length ?? 0)
  return text[close] === '}' || text[close] === ']' ? splice(text, from, close, '') : text
}
