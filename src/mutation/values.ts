import { ARGUMENT } from '../evidence/noticed-mutants.ts'
import type { Kind } from './kinds.ts'

/** Values of each kind, as the language writes them: the most useful first, the others for tests that expect just the first. */
export type Values = Readonly<Partial<Record<Kind, readonly string[]>>>

export interface ChosenValues {
  values: string[]
  /** Which value is the argument and, if the kind of the function's value is not known, the kind of each value. */
  guesses?: ReadonlyMap<string, string>
}

/** What can stand in place of a function's value, with its first argument if that is compatible. */
export function valuesOf(table: Values, kind: Kind, argument: string | undefined): ChosenValues {
  const known = table[kind]
  if (known) return withArgument(known[0], argument, known.slice(1))
  const own = argument === undefined ? [] : [argument]
  const guesses = GUESSED.flatMap(guess =>
    (table[guess] ?? []).map((value, at) => ({ value, guess, at })),
  )
  const all = [
    ...guesses.filter(({ at }) => at === 0),
    ...own.map(value => ({ value, guess: ARGUMENT })),
    ...guesses.filter(({ at }) => at > 0),
  ]
  return {
    values: all.map(({ value }) => value),
    guesses: new Map(all.map(({ value, guess }) => [value, guess])),
  }
}

/** Values of a known kind with the argument. A test that notices only the argument, and no value, asserts nothing about the value. */
export function withArgument(
  first: string | undefined,
  argument: string | undefined,
  others: readonly string[],
): ChosenValues {
  const own = argument === undefined ? [] : [argument]
  const values = [...(first === undefined ? [] : [first]), ...own, ...others]
  // Without a second value, nothing else shows what the tests ask for.
  if (argument === undefined || others.length === 0) return { values }
  return { values, guesses: new Map([[argument, ARGUMENT]]) }
}

/** The kinds that a value of an unknown kind most often has. */
const GUESSED = ['number', 'string', 'list', 'boolean', 'object'] as const
