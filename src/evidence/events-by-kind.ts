import { indexOfEvents } from './growing-events.ts'

/** An event with its place in the ledger. */
export interface Placed<Item> {
  at: number
  event: Item
}

interface WithKind {
  kind: string
}

const indexOf = indexOfEvents<WithKind, Map<string, Placed<WithKind>[]>>(
  () => new Map(),
  (lists, event, at) => addTo(lists, event.kind, { at, event }),
)

/** Adds to a list by key. */
export function addTo<Key, One>(lists: Map<Key, One[]>, key: Key, one: One): void {
  const known = lists.get(key)
  if (known) known.push(one)
  else lists.set(key, [one])
}

/** The latest event of a kind; `matches` narrows the search. The other kinds are not looked at, because a ledger may be long. */
export function lastPlaced<Item extends WithKind, K extends Item['kind']>(
  events: readonly Item[],
  kind: K,
  matches: (event: Extract<Item, { kind: K }>, at: number) => boolean = () => true,
): Placed<Extract<Item, { kind: K }>> | undefined {
  const list = indexOf(events).get(kind) ?? []
  for (let last = list.length - 1; last >= 0; last -= 1) {
    const at = list[last]?.at ?? events.length
    const event = events[at]
    if (event && isOfKind(event, kind) && matches(event, at)) return { at, event }
  }
  return undefined
}

/** The events of a kind from a place in the ledger on, the latest first. */
export function latestOfKind<Item extends WithKind, K extends Item['kind']>(
  events: readonly Item[],
  kind: K,
  from = 0,
): Extract<Item, { kind: K }>[] {
  const found: Extract<Item, { kind: K }>[] = []
  lastPlaced(events, kind, (event, at) => {
    if (at >= from) found.push(event)
    return at < from
  })
  return found
}

function isOfKind<Item extends WithKind, K extends Item['kind']>(
  event: Item,
  kind: K,
): event is Extract<Item, { kind: K }> {
  return event.kind === kind
}
