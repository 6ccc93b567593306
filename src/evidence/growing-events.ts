/**
 * The same function, which derives a value from the events of a ledger and remembers it. If a ledger has grown since, only the new events
 * are passed, with the value `before` them. That value must not be changed, because somebody may still have it.
 */
export function derivedFromEvents<Item extends object, Value>(
  derive: (events: readonly Item[], before?: Value) => Value,
): (events: readonly Item[]) => Value {
  const known = new WeakMap<readonly Item[], { value: Value }>()
  let latest: { events: readonly Item[]; value: Value } | undefined
  return events => {
    const found = known.get(events)
    if (found) return found.value
    const base = latest && beginsWith(events, latest.events) ? latest : undefined
    const value = base ? derive(events.slice(base.events.length), base.value) : derive(events)
    known.set(events, { value })
    latest = { events, value }
    return value
  }
}

/** Are these the first events of a list? A loop, because a ledger may be long and this is asked with each call. */
export function beginsWith<Item extends object>(
  events: readonly Item[],
  first: readonly Item[],
): boolean {
  if (events === first) return true
  for (let at = 0; at < first.length; at += 1) if (events[at] !== first[at]) return false
  return true
}
