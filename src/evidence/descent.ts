import type { Event } from './event.ts'

/** Events of which each follows the one before it. A chain forks if two copies of a clone continued it and were merged. */
interface Segment {
  /** The event that the segment branches off from; `undefined` at the start of a chain. */
  from: { segment: Segment; seq: number } | undefined
}

/** Says whether one event comes before another, or is the same, in a chain. `events` in the order of a ledger. */
export function descentOf(events: readonly Event[]): Precedes {
  const known = KNOWN.get(events)
  if (known) return known
  const precedes = descentIn(events)
  KNOWN.set(events, precedes)
  return precedes
}

type Precedes = (earlier: Pick<Event, 'hash'>, later: Pick<Event, 'hash'>) => boolean

/** The events of a ledger are asked about for each task. */
const KNOWN = new WeakMap<readonly Event[], Precedes>()

function descentIn(events: readonly Event[]): Precedes {
  const places = new Map<string, { segment: Segment; seq: number }>()
  const continued = new Set<string>()
  for (const { hash, prev, seq } of events) {
    const before = places.get(prev)
    const goesOn = before !== undefined && !continued.has(prev)
    places.set(hash, { segment: goesOn ? before.segment : { from: before }, seq })
    continued.add(prev)
  }
  return (earlier, later) => {
    const place = places.get(earlier.hash)
    if (!place) return false
    let at = places.get(later.hash)
    while (at && at.segment !== place.segment) at = at.segment.from
    return at !== undefined && place.seq <= at.seq
  }
}
