/** The words that identify a task: its title, and the name of the group in which it stands. */
export interface TaskWords {
  title: string
  group: string
}

/** The places in the list before, by the places in the list now. */
export class Pairing {
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

export type Key = (words: TaskWords) => string

/** Words that occur once in what is left of both lists. */
export function pairUnique(pairing: Pairing, key: Key): void {
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
export function pairNeighbours(pairing: Pairing, step: 1 | -1): void {
  const { before, now, places } = pairing
  const order = step === 1 ? [...now.keys()] : [...now.keys()].toReversed()
  for (const at of order) {
    const neighbour = places[at - step]
    if (neighbour === undefined || !pairing.isOpen(neighbour + step, at)) continue
    const [one, other] = [before[neighbour + step], now[at]]
    if (one && other && titleOf(one) === titleOf(other)) pairing.pair(neighbour + step, at)
  }
}

export function withGroup({ title, group }: TaskWords): string {
  return `${group}\n${titleOf({ title, group })}`
}

export function titleOf({ title }: TaskWords): string {
  return title.toLowerCase()
}
