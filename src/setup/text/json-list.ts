import { isDeepStrictEqual } from 'node:util'
import { getNodeValue, type Node } from 'jsonc-parser'
import { readEntry, setEntry } from './json-entry.ts'
import type { JsonValue } from './json-format.ts'
import { insertChild } from './json-insertion.ts'
import { removeMember } from './json-removal.ts'
import { childrenOf, memberOf, parseRoot } from './json-tree.ts'
import { lineAt, splitMark, Unusable } from './unusable.ts'

type Path = readonly [string, ...string[]]

/** Is this item of a list one that this program wrote? */
export type IsOurs = (item: unknown) => boolean

/** The text with this item at the end of the list at the path, instead of other items of this program. */
export function setItem(text: string, path: Path, item: JsonValue, isOurs: IsOurs): string {
  const list = readEntry(text, path)
  if (list === undefined) return setEntry(text, path, [item])
  const ours = Array.isArray(list) ? list.filter(isOurs) : []
  if (ours.length === 1 && isDeepStrictEqual(structuredClone(ours[0]), item)) return text
  const { mark, body } = splitMark(removeItems(text, path, isOurs))
  const node = listAt(body, path)
  return node ? `${mark}${insertChild(body, node, undefined, item)}` : text
}

/** The text without this program's items in the list at the path. */
export function removeItems(text: string, path: Path, isOurs: IsOurs): string {
  const { mark, body } = splitMark(text)
  const node = listAt(body, path)
  const found = node && childrenOf(node).find(item => isOurs(getNodeValue(item)))
  if (!node || !found) return text
  return removeItems(`${mark}${removeMember(body, node, found)}`, path, isOurs)
}

function listAt(body: string, path: Path): Node | undefined {
  let node = parseRoot(body)
  for (const key of path) {
    if (node?.type !== 'object') return undefined
    node = memberOf(body, node, key)?.children?.[1]
  }
  if (!node || node.type === 'array') return node
  const place = `line ${lineAt(body, node.offset)}`
  throw new Unusable(`its key ${JSON.stringify(path.at(-1))} does not hold a list (${place})`)
}
