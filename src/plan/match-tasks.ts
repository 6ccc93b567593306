import { sameWords } from './same-words.ts'

/** The words that identify a task: its title, and the name of the group in which it stands. */
export interface TaskWords {
  title: string
  group: string
}

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

/** The places in the list before, by the places in the list now. */
class Pairing {
  readonly before: readonly TaskWords[]
  readonly now: readonly TaskWords[]
  readonly places: (number | undefined)[]
  readonly taken = new Set<number>()

  constructor(before: readonly TaskWords[], now: readonly TaskWords[]) {
    this.before = before
    this.now = now
    this.places = now.map(() => undefined)
  }

  pair(place: number, at: number): void {
    this.places[at] = place
    this.taken.add(place)
  }

  isOpen(place: number, at: number): boolean {
    return (
      place in this.before &&
      at in this.now &&
      !this.taken.has(place) &&
      this.places[at] === undefined
    )
  }
}

type Key = (words: TaskWords) => string

/** Words that occur once in what is left of both lists. */
function pairUnique(pairing: Pairing, key: Key): void {
  const { before, now, taken, places } = pairing
  const only = onlyPlaces(before, key, place => !taken.has(place))
  for (const [words, at] of onlyPlaces(now, key, at => places[at] === undefined)) {
    const place = only.get(words)
    if (place !== undefined && at >= 0 && place >= 0) pairing.pair(place, at)
  }
}

/** By words, the only place that has them; -1 if several have. */
function onlyPlaces(
  list: readonly TaskWords[],
  key: Key,
  isLeft: (at: number) => boolean,
): Map<string, number> {
  const places = new Map<string, number>()
  for (const [at, words] of list.entries())
    if (isLeft(at)) places.set(key(words), places.has(key(words)) ? -1 : at)
  return places
}

/** Words that occur several times, beside a task that is recognised: `step` 1 after it, -1 before it. */
function pairNeighbours(pairing: Pairing, step: 1 | -1): void {
  const { before, now, places } = pairing
  const order = step === 1 ? [...now.keys()] : [...now.keys()].toReversed()
  for (const at of order) {
    const neighbour = places[at - step]
    if (neighbour === undefined || !pairing.isOpen(neighbour + step, at)) continue
    const [one, other] = [before[neighbour + step], now[at]]
    if (one && other && titleOf(one) === titleOf(other)) pairing.pair(neighbour + step, at)
  }
}

/** What is left between two recognised tasks: equal words in their order, then similar words. */
function pairBetween(pairing: Pairing): void {
  const { before, now, places } = pairing
  let from = 0
  let low = -1
  for (let at = 0; at <= now.length; at += 1) {
    const place = at < now.length ? places[at] : before.length
    if (place === undefined) continue
    if (at > from) pairGap(pairing, { low: low + 1, high: place, from, to: at })
    from = at + 1
    low = place
  }
}

interface Gap {
  low: number
  high: number
  from: number
  to: number
}

function pairGap(pairing: Pairing, gap: Gap): void {
  for (const isSame of [same(withGroup), same(titleOf), isSameButTypos])
    pairInOrder(pairing, gap, isSame)
  const pairs = nearbyPairs(pairing, gap).toSorted((one, other) => other.score - one.score)
  for (const { place, at } of pairs) if (pairing.isOpen(place, at)) pairing.pair(place, at)
}

type Comparison = (one: TaskWords, other: TaskWords) => boolean

function pairInOrder(pairing: Pairing, { low, high, from, to }: Gap, isSame: Comparison): void {
  let next = low
  for (let at = from; at < to; at += 1) {
    const known = pairing.places[at]
    const words = pairing.now[at]
    const end = Math.min(high, next + REACH)
    const place =
      known ?? placeFrom(next, end, one => pairing.isOpen(one, at) && isSameAt(pairing, one, words))
    if (place === undefined) continue
    if (known === undefined) pairing.pair(place, at)
    next = Math.max(next, place + 1)
  }

  function isSameAt({ before }: Pairing, place: number, words: TaskWords | undefined): boolean {
    const one = before[place]
    return one !== undefined && words !== undefined && isSame(one, words)
  }
}

function placeFrom(first: number, end: number, fits: (place: number) => boolean) {
  for (let place = first; place < end; place += 1) if (fits(place)) return place
  return undefined
}

function same(key: Key): Comparison {
  return (one, other) => key(one) === key(other)
}

function isSameButTypos(one: TaskWords, other: TaskWords): boolean {
  return sameWords(one.title, other.title)
}

/** The pairs of near places whose titles have at least half of their words in common. */
function nearbyPairs(pairing: Pairing, { low, high, from, to }: Gap): Scored[] {
  const { before, now } = pairing
  const words = before.slice(low, high).map(({ title }) => wordsOf(title))
  return now.slice(from, to).flatMap(({ title }, offset) => {
    const at = from + offset
    const own = wordsOf(title)
    const first = Math.max(0, offset - NEAR)
    return words.slice(first, offset + NEAR + 1).flatMap((others, shift) => {
      const place = low + first + shift
      const score = pairing.isOpen(place, at) ? commonShare(own, others) : 0
      return score >= ENOUGH ? [{ place, at, score }] : []
    })
  })
}

interface Scored {
  place: number
  at: number
  score: number
}

function commonShare(words: ReadonlySet<string>, others: ReadonlySet<string>): number {
  const common = [...words].filter(word => others.has(word)).length
  return common / Math.max(1, words.size + others.size - common)
}

function wordsOf(title: string): Set<string> {
  return new Set(title.toLowerCase().match(/[\p{L}\p{N}_./-]+/gu))
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

function withGroup({ title, group }: TaskWords): string {
  return `${group}\n${titleOf({ title, group })}`
}

function titleOf({ title }: TaskWords): string {
  return title.toLowerCase()
}

/** How far apart equal words may be between two recognised tasks, and similar words. */
const REACH = 20
const NEAR = 4
const ENOUGH = 0.5
