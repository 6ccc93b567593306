import { ARGUMENT } from '../evidence/noticed-mutants.ts'
import { countOf } from '../plan/format-list.ts'
import type { ChangedFunction } from './changed-code.ts'
import { edited } from './edited.ts'
import { isSame, type Source } from './function-mutants.ts'
import type { Edit, FunctionShape } from './grammar.ts'
import type { Mutant } from './mutant.ts'

/** Mutants that replace the bodies of all functions of a file at once. Tests that pass with each of them notice none of the functions. */
export interface Together {
  file: string
  mutants: Mutant[]
  /** Is this a mutant of the file that shows nothing more if all of these survive? */
  answers: (mutant: Mutant) => boolean
}

/** Fewer functions are tried one by one. */
const MIN_MUTANTS = 3

/**
 * So many mutants that each function has each of two values, and any two functions have different ones at least once: a test that
 * compares the values of two functions notices that.
 */
export function togetherMutants(
  source: Source,
  functions: readonly ChangedFunction[],
  isNew: (name: string) => boolean,
): Together | undefined {
  const all = functions
    .map(changed => ({ changed, edits: editsOf(changed.shape) }))
    .filter(({ edits }) => edits.length > 0)
  if (all.length < MIN_MUTANTS) return undefined
  const { file, text, grammar } = source
  const digits = Array.from({ length: Math.ceil(Math.log2(all.length)) }, (_, digit) => digit)
  const choices = [
    (index: number) => 1 - digitOf(index, 0),
    ...digits.map(digit => (index: number) => digitOf(index, digit)),
  ]
  const mutants = choices.map((choose, at): Mutant => ({
    file,
    line: Math.min(...all.map(({ changed }) => changed.line)) + 1,
    text: edited(
      text,
      combined(
        text,
        all.map(({ edits }, index) => edits[choose(index) % edits.length]),
      ),
      grammar,
    ),
    scope: 'line',
    change: `Replacing the bodies of ${countOf(all.length, 'function')} at once (${at + 1} of ${choices.length})`,
    onlyAbsence: false,
    counts: true,
  }))
  const covered = all.filter(
    ({ changed: { shape } }) => shape.name !== undefined && isNew(shape.name),
  )
  const answers = (mutant: Mutant) =>
    mutant.file === file &&
    (mutant.scope === 'function' ||
      covered.some(({ changed: { line, last } }) => mutant.line > line && mutant.line <= last + 1))
  return { file, mutants, answers }
}

function digitOf(index: number, digit: number): number {
  return Math.floor(index / 2 ** digit) % 2
}

/** The replacements by a value: if its kind is not known, by a number. */
function editsOf(shape: FunctionShape): Edit[] {
  const { values, guesses, already } = shape
  if (shape.hasNoValue) return already === '' ? [] : [shape.returning(undefined)]
  const kind = guesses?.get(values[0] ?? '')
  return values
    .filter(value => guesses?.get(value) === kind && kind !== ARGUMENT && !isSame(value, already))
    .map(value => shape.returning(value))
}

/** One edit from the first to the last. A function in a replaced expression is gone with it. */
function combined(text: string, edits: readonly (Edit | undefined)[]): Edit {
  const [first, ...others] = edits
    .filter(edit => edit !== undefined)
    .toSorted((one, other) => one.start - other.start)
  if (!first) return { start: 0, end: 0, text: '' }
  return others.reduce(
    (all, edit) =>
      edit.start < all.end
        ? all
        : {
            start: all.start,
            end: edit.end,
            text: all.text + text.slice(all.end, edit.start) + edit.text,
          },
    first,
  )
}
