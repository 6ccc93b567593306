import type { TriedMutant } from '../../evidence/event-parts.ts'
import {
  ARGUMENT,
  noticesNoBody,
  bodiesOf,
  isSameFunction,
  isSurvivor,
  noticedAmong,
  TRUTH_KINDS,
  type FunctionPlace,
} from '../../evidence/noticed-mutants.ts'
import type { Mutant } from '../../mutation/mutant.ts'

/** The mutant that shows most after those that were tried; `undefined` if none would show more. */
export function nextMutant(
  queue: readonly Mutant[],
  tried: readonly TriedMutant[],
  isNew: (name: string) => boolean,
): Mutant | undefined {
  const wanted = queue.filter(one => isWanted(one, queue, tried, isNew))
  return wanted.find(one => isOtherOfSurvivor(one, tried)) ?? wanted[0]
}

/**
 * Could it still show something?
 *
 * A line of a new function does not if the tests notice none of its replaced bodies. A second value of a guessed
 * kind does so only after the first one survived. Once all values of a kind survived, the tests ask for no value, and only its truth could
 * still be noticed.
 */
export function isWanted(
  one: Mutant,
  queue: readonly Mutant[],
  tried: readonly TriedMutant[],
  isNew: (name: string) => boolean,
): boolean {
  const bodies = bodiesOf(one, tried)
  if (isLineOfNew(one, isNew)) return !noticesNoBody(bodies)
  if (one.guess === undefined) return true
  if (isUnasked(one, bodies, queue)) return TRUTH_KINDS.has(one.guess)
  const ofKind = bodies.filter(({ guess }) => guess === one.guess)
  return ofKind.length === 0 || ofKind.some(isSurvivor)
}

/** Did the tests pass with every value of a kind? */
function isUnasked(one: Mutant, bodies: readonly TriedMutant[], queue: readonly Mutant[]): boolean {
  const kinds = new Set(bodies.map(({ guess }) => guess))
  return [...kinds].some(
    kind =>
      kind !== undefined &&
      kind !== ARGUMENT &&
      bodies.every(body => body.guess !== kind || isSurvivor(body)) &&
      !queue.some(other => isBodyOf(other, one) && other.guess === kind),
  )
}

/** Do the tests notice enough, whatever the rest of the queue would show? */
export function isEnough(
  queue: readonly Mutant[],
  tried: readonly TriedMutant[],
  minimum: number,
): boolean {
  if (minimum < 1) return false
  return noticedAmong(tried).filter(one => isCertain(one, queue, tried)).length >= minimum
}

/** A kill of a guessed value says nothing until a value of each kind was tried, because only one of them has the right kind. */
function isCertain(
  one: TriedMutant,
  queue: readonly Mutant[],
  tried: readonly TriedMutant[],
): boolean {
  if (one.guess === undefined) return true
  const bodies = bodiesOf(one, tried)
  const kinds = new Set(bodies.map(({ guess }) => guess))
  if (bodies.some(body => body.guess === one.guess && isSurvivor(body))) return true
  return !queue.some(
    other =>
      isBodyOf(other, one) &&
      !other.onlyAbsence &&
      other.guess !== ARGUMENT &&
      !kinds.has(other.guess),
  )
}

function isLineOfNew(one: Mutant, isNew: (name: string) => boolean): boolean {
  return one.scope === 'line' && one.function !== undefined && isNew(one.function)
}

function isOtherOfSurvivor(one: Mutant, tried: readonly TriedMutant[]): boolean {
  return (
    one.guess !== undefined &&
    bodiesOf(one, tried).some(body => body.guess === one.guess && isSurvivor(body))
  )
}

function isBodyOf(body: Mutant, one: FunctionPlace): boolean {
  return body.scope === 'function' && isSameFunction(body, one)
}
