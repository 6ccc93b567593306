import type { Kind } from './kinds.ts'

/** Values of each kind, as the language writes them: the most useful first, the others for tests that expect just the first. */
export type Values = Readonly<Partial<Record<Kind, readonly string[]>>>

/** What can stand in the place of a function's value, with its first argument if that is compatible. */
export function valuesOf(table: Values, kind: Kind, argument: string | undefined): string[] {
  const values = table[kind] ?? table.unknown ?? []
  const first = kind === 'unknown' ? values : values.slice(0, 1)
  return [...first, ...(argument === undefined ? [] : [argument]), ...values.slice(first.length)]
}
