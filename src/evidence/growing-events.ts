/** Lists of events that grew out of each other: each begins with every shorter one. */
interface Lineage {
  /** The length of the longest one. */
  longest: number
}

const LINEAGES = new WeakMap<readonly object[], { lineage: Lineage; length: number }>()

/** The list that was last seen for the first time. */
let latest: readonly object[] = []

/** A longer list of events. What was derived from the shorter one is used again, without a look at its events. */
export function grown<Item extends object>(
  events: readonly Item[],
  added: readonly Item[],
): readonly Item[] {
  const list = events.concat(added)
  join(list, events)
  return list
}

/** Are these the first events of a list? */
export function beginsWith<Item extends object>(
  events: readonly Item[],
  first: readonly Item[],
): boolean {
  if (events === first) return true
  return first.length <= events.length && lineageOf(events) === lineageOf(first)
}

function lineageOf(events: readonly object[]): Lineage {
  const known = LINEAGES.get(events)
  if (known?.length === events.length) return known.lineage
  // A list that was changed is a new one.
  const isLonger = latest !== events && areFirst(latest, events)
  return join(events, isLonger ? latest : [])
}

/** A list that does not continue the longest one of a lineage begins another lineage. */
function join(events: readonly object[], shorter: readonly object[]): Lineage {
  const before = shorter.length > 0 ? lineageOf(shorter) : undefined
  const lineage = before?.longest === shorter.length ? before : { longest: 0 }
  lineage.longest = events.length
  LINEAGES.set(events, { lineage, length: events.length })
  latest = events
  return lineage
}

/** A loop, because a ledger may be long. */
function areFirst(first: readonly object[], events: readonly object[]): boolean {
  if (first.length > events.length) return false
  for (let at = 0; at < first.length; at += 1) if (events[at] !== first[at]) return false
  return true
}

/**
 * The same function, which derives a value from the events of a ledger and remembers it. If a ledger has grown since, only the new events
 * are passed, with the value `before` them. That value must not be changed, because somebody may still have it.
 */
export function derivedFromEvents<Item extends object, Value>(
  derive: (events: readonly Item[], before?: Value) => Value,
): (events: readonly Item[]) => Value {
  const known = new WeakMap<readonly Item[], { value: Value }>()
  const longest = new WeakMap<Lineage, { length: number; value: Value }>()
  return events => {
    const found = known.get(events)
    if (found) return found.value
    const lineage = lineageOf(events)
    const base = longest.get(lineage)
    const isBase = base !== undefined && base.length <= events.length
    const value = isBase ? derive(events.slice(base.length), base.value) : derive(events)
    known.set(events, { value })
    if (isBase || base === undefined) longest.set(lineage, { length: events.length, value })
    return value
  }
}

/**
 * An index of the events of a ledger, to which each event is added once, with its place in the ledger. The index of a list can have events
 * of longer lists: those at its length and later.
 */
export function indexOfEvents<Item extends object, Index>(
  create: () => Index,
  add: (index: Index, event: Item, at: number) => void,
): (events: readonly Item[]) => Index {
  const known = new WeakMap<Lineage, { index: Index; length: number }>()
  return events => {
    const lineage = lineageOf(events)
    const found = known.get(lineage) ?? { index: create(), length: 0 }
    known.set(lineage, found)
    const { index, length } = found
    for (const [at, event] of events.slice(length).entries()) add(index, event, length + at)
    found.length = Math.max(length, events.length)
    return index
  }
}
