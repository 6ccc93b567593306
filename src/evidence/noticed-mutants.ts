import type { TriedMutant } from './event-parts.ts'

/**
 * The changes that a test of the task noticed, without those that show only that there is a value at all, or only of what kind it is.
 * Where the kind of a value is not known from the code, values of several kinds stand in its place: a test that notices a text in the place
 * of a number, and no other number, asserts nothing about the value.
 */
export function noticedAmong(tried: readonly TriedMutant[]): TriedMutant[] {
  return tried.filter(
    one => isKilled(one) && !one.onlyAbsence && isAsserted(one, bodiesOf(one, tried)),
  )
}

/** Did the tests pass with a change that they should notice? */
export function isSurvivor({ outcome, ignored }: TriedMutant): boolean {
  return outcome === 'survived' && !ignored
}

/** Kinds that have values which count as false, so that a test of the truth of a value notices one and not the other. */
export const TRUTH_KINDS: ReadonlySet<string> = new Set(['boolean', 'number'])

/** What identifies the function of a mutant. */
export type FunctionPlace = Pick<TriedMutant, 'file' | 'line' | 'function'> & {
  scope?: string | undefined
}

/** The tried replacements of the body of the function that a mutant is in. */
export function bodiesOf(one: FunctionPlace, tried: readonly TriedMutant[]): TriedMutant[] {
  return tried.filter(body => body.scope !== 'line' && isSameFunction(body, one))
}

/**
 * Are they in the same function? A function without a name is known by its line. Which one contains a single changed line is then unknown,
 * so it belongs to none.
 */
export function isSameFunction(body: FunctionPlace, one: FunctionPlace): boolean {
  if (body.file !== one.file || body.function !== one.function) return false
  return one.function !== undefined || (one.scope !== 'line' && body.line === one.line)
}

function isAsserted(one: TriedMutant, bodies: readonly TriedMutant[]): boolean {
  const survivors = bodies.filter(isValueSurvivor)
  const isOfKind = ({ guess }: TriedMutant) => guess === one.guess
  return (
    one.scope === 'line' ||
    one.guess === undefined ||
    survivors.length === 0 ||
    survivors.some(isOfKind)
  )
}

function isValueSurvivor(body: TriedMutant): boolean {
  return isSurvivor(body) && !body.onlyAbsence && body.guess !== ARGUMENT
}

/**
 * Did the tests notice no replaced body of the function, or at most that a value is there or of what kind it is? Then they notice a
 * change of a line in it only if it fails, such as that of a guard clause.
 */
export function noticesNoBody(bodies: readonly TriedMutant[]): boolean {
  return bodies.some(isValueSurvivor) && noticedAmong(bodies).length === 0
}

/** Its first argument in place of the value: for some calls, that is the right one. */
export const ARGUMENT = 'argument'

function isKilled({ outcome }: TriedMutant): boolean {
  return outcome === 'killed' || outcome === 'timed-out'
}
