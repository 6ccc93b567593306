import type { ChangedCode, ChangedFunction } from './changed-code.ts'
import type { FunctionShape, Grammar } from './grammar.ts'
import type { Mutant } from './mutant.ts'
import { edited } from './edited.ts'

/** A file whose code is changed. */
export interface Source {
  file: string
  text: string
  grammar: Grammar
}

/** Mutants that replace the whole body of a function: the first value of every function, then the second. */
export function functionMutants(
  source: Source,
  code: ChangedCode,
  mentioned: (name: string) => boolean,
): { mutants: Mutant[]; empty: string[] } {
  const variants = code.functions.flatMap(changed => variantsOf(source, changed, mentioned))
  const mutants = variants
    .toSorted(
      (one, other) => one.order - other.order || one.depth - other.depth || one.rank - other.rank,
    )
    .map(({ mutant }) => mutant)
  const empty = code.functions.flatMap(({ shape }) =>
    shape.isEmpty && shape.name !== undefined ? [shape.name] : [],
  )
  return { mutants, empty }
}

/** Do the tests contain the name by which the function is called? */
export function isMentioned(
  shape: FunctionShape | undefined,
  mentioned: (name: string) => boolean,
): boolean {
  const name = shape?.calledAs ?? shape?.name?.split('.').at(-1)
  return name !== undefined && mentioned(name)
}

interface Variant {
  mutant: Mutant
  order: number
  depth: number
  rank: number
}

function variantsOf(
  source: Source,
  { shape, line, depth }: ChangedFunction,
  mentioned: (name: string) => boolean,
): Variant[] {
  const body = shape.name === undefined ? `the function in line ${line + 1}` : `\`${shape.name}\``
  const values =
    shape.hasNoValue || shape.absence === undefined || shape.already === ''
      ? shape.values
      : [...shape.values, shape.absence]
  const order = isMentioned(shape, mentioned) ? 0 : 1
  // What an empty callback returns is mostly looked at by nobody.
  if (shape.isEmpty && order > 0) return []
  const tried = values.filter(value => !isSame(value, shape.already))
  // If nothing else can be tried, nothing says that a test asks only whether there is a value.
  const isAbsence = (value: string) => value === shape.absence && tried.length > 1
  const changes = shape.hasNoValue
    ? shape.already === ''
      ? []
      : [
          {
            edit: shape.returning(undefined),
            change: `Emptying the body of ${body}`,
            onlyAbsence: false,
            guess: undefined,
          },
        ]
    : tried.map(value => ({
        edit: shape.returning(value),
        change: `Replacing the body of ${body} with \`${shape.shown(value)}\``,
        onlyAbsence: isAbsence(value),
        guess: shape.guesses?.get(value),
      }))
  return changes.map(({ edit, change, onlyAbsence, guess }, rank) => ({
    order,
    depth,
    // Guesses belong together: one of them alone decides nothing.
    rank: guess === undefined || shape.guesses?.size === 1 ? rank : 0,
    mutant: {
      file: source.file,
      line: line + 1,
      text: edited(source.text, edit, source.grammar),
      scope: 'function',
      ...(shape.name === undefined ? {} : { function: shape.name }),
      change,
      ...(guess === undefined ? {} : { guess }),
      onlyAbsence,
      counts: true,
    },
  }))
}

/** Is this the value that the function returns already, in whatever quotes? */
export function isSame(value: string, already: string | undefined): boolean {
  return already !== undefined && plain(value) === plain(already)
}

function plain(expression: string): string {
  return expression.replaceAll(/["'`]/g, '"').replaceAll(/\s+/g, '')
}
