import type { Event } from '../../evidence/event.ts'
import { beginsWith } from '../../evidence/growing-events.ts'
import { historiesOf, type History } from '../../evidence/history.ts'
import { pendingAfter, type PendingTests } from '../../evidence/pending-tests.ts'

/** What follows from the events of a ledger. */
export interface LedgerHistory {
  /** By task id. */
  histories: ReadonlyMap<string, History>
  pendingTests: PendingTests
}

/** Derives the histories from the events. If an earlier call did so for the first events, only the new events are processed. */
export function cachedHistory(key: string, events: readonly Event[]): LedgerHistory {
  const cached = cache.get(key)
  const isExtension = cached !== undefined && beginsWith(events, cached.events)
  if (cached && isExtension && cached.events.length === events.length) return cached
  const base = isExtension ? cached : undefined
  const added = base ? events.slice(base.events.length) : events
  const histories = historiesOf(events, base)
  const history = { events, histories, pendingTests: pendingAfter(added, base?.pendingTests) }
  cache.delete(key)
  cache.set(key, history)
  const [oldest] = cache.keys()
  if (cache.size > CACHE_SIZE && oldest !== undefined) cache.delete(oldest)
  return history
}

/** Only events that were read from disk and verified are cached, for the life of the process. */
const cache = new Map<string, LedgerHistory & { events: readonly Event[] }>()

const CACHE_SIZE = 16
