import { ARGUMENT } from '../evidence/noticed-mutants.ts'
import type { Kind } from './kinds.ts'

/** Values of each kind, as the language writes them: the most useful first, the others for tests that expect just the first. */
export type Values = Readonly<Partial<Record<Kind, readonly string[]>>>

interface ChosenValues {
  values: string[]
  /** The kind of each value, if the kind of the function's value is not known. */
  guesses?: ReadonlyMap<string, string>
}

/** What can stand in the place of a function's value, with its first argument if that is compatible. */
export function valuesOf(table: Values, kind: Kind, argument: string | undefined): ChosenValues {
  const own = argument === undefined ? [] : [argument]
  const known = table[kind]
  if (known) return { values: [...known.slice(0, 1), ...own, ...known.slice(1)] }
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

/** The kinds that a value of an unknown kind most often has. */
const GUESSED = ['number', 'string', 'list', 'boolean', 'object'] as const
