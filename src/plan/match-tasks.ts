import {
  type TaskWords,
  Pairing,
  pairUnique,
  pairNeighbours,
  withGroup,
  titleOf,
} from './task-pairing.ts'
import { pairBetween } from './pair-between.ts'

/**
 * For each task of `now`, the task of `before` that it is; `undefined` for a new one. Both lists are in file order, and none of
 * `before` is used twice. A task is recognised by its words, where these occur several times by its neighbours, and after a change of
 * its words by its place between recognised ones. `gone`: tasks of older lists, which only their exact words bring back.
 */
export function matchTasks<T extends TaskWords>(
  before: readonly T[],
  gone: readonly T[],
  now: readonly TaskWords[],
): (T | undefined)[] {
  const pairing = new Pairing(before, now)
  pairUnique(pairing, withGroup)
  pairUnique(pairing, titleOf)
  pairNeighbours(pairing, 1)
  pairNeighbours(pairing, -1)
  pairBetween(pairing)
  const found = pairing.places.map(place => (place === undefined ? undefined : before[place]))
  return withGone(found, gone, now)
}

/** Tasks that are in no pair and have exactly the words of one that was there once. */
function withGone<T extends TaskWords>(
  found: readonly (T | undefined)[],
  gone: readonly T[],
  now: readonly TaskWords[],
): (T | undefined)[] {
  const queues = new Map<string, T[]>()
  for (const task of gone)
    queues.set(withGroup(task), [...(queues.get(withGroup(task)) ?? []), task])
  return found.map((task, at) => {
    const words = now[at]
    return task ?? (words && queues.get(withGroup(words))?.shift())
  })
}
