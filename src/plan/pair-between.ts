import { sameWords } from './same-words.ts'
import { type TaskWords, type Pairing, type Key, withGroup, titleOf } from './task-pairing.ts'

/** What is left between two recognised tasks: equal words in their order, then similar words. */
export function pairBetween(pairing: Pairing): void {
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
    const end = Math.min(high, next + MAX_GAP)
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
    const first = Math.max(0, offset - MAX_SHIFT)
    return words.slice(first, offset + MAX_SHIFT + 1).flatMap((others, shift) => {
      const place = low + first + shift
      const score = pairing.isOpen(place, at) ? commonShare(own, others) : 0
      return score >= MIN_SCORE ? [{ place, at, score }] : []
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

/** How far apart equal words may be between two recognised tasks, and similar words. */
const MAX_GAP = 20
const MAX_SHIFT = 4
const MIN_SCORE = 0.5
