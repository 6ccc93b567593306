/** What is known of a value from the syntax alone. */
export type Kind =
  | 'number'
  | 'string'
  | 'boolean'
  | 'list'
  | 'tuple'
  | 'object'
  | 'map'
  | 'set'
  | 'function'
  | 'element'
  | 'absent'
  | 'unknown'

/** How deep operations are looked into: code may be nested thousands of times. */
export const MAX_DEPTH = 20

/** The kind that all values of a function have. Values that are absent do not count. */
export function commonKind(kinds: readonly Kind[]): Kind {
  const [first, ...others] = new Set(kinds.filter(kind => kind !== 'absent'))
  return others.length === 0 ? (first ?? 'unknown') : 'unknown'
}
