import type { Node } from 'jsonc-parser'
import type { Edit } from '../plan/edit.ts'
import { membersOf, type JsonDocument, type Member } from './json-document.ts'

/** A JSON file that is edited. */
interface JsonFile extends Pick<JsonDocument, 'source' | 'lineAt'> {
  path: string
}

/** The text between two members of an object, including the comma: the shortest one, because it has no blank lines. */
export function gapOf({ source }: JsonFile, object: Node, members = membersOf(object)): string {
  const [first, ...rest] = members
  const gaps = rest.map(({ start }, at) => source.slice(members[at]?.end ?? start, start))
  const [shortest] = gaps.toSorted((a, b) => a.length - b.length)
  return shortest ?? `,${source.slice(object.offset + 1, first?.start)}`
}

/** The text between a key and its value. */
export function colonOf({ source }: JsonFile, { keyEnd, value }: Member): string {
  return source.slice(keyEnd, value.offset)
}

/** The edit that replaces the value of a member; empty if it is the same. */
export function replaceValueEdits(file: JsonFile, { value, end }: Member, to: string): Edit[] {
  const from = file.source.slice(value.offset, end)
  if (from === to) return []
  const line = file.lineAt(value.offset)
  return [{ path: file.path, line, start: value.offset, end, from, to }]
}
