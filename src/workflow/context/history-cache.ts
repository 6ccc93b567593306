import type { Event } from '../../evidence/event.ts'
import { historiesOf, type History } from '../../evidence/history.ts'
import { pendingAfter, type PendingTests } from '../../evidence/pending-tests.ts'

/** What follows from a ledger, task by task. */
export interface LedgerHistory {
  histories: ReadonlyMap<string, History>
  pendingTests: PendingTests
}

/** What follows from these events; of a ledger that was looked at before, only what is new is gone through. */
export function cachedHistory(key: string, events: readonly Event[]): LedgerHistory {
  const known = KNOWN.get(key)
  const goesOn = known?.events.every((event, index) => event === events[index]) ?? false
  if (known && goesOn && known.events.length === events.length) return known
  const base = goesOn ? known : undefined
  const fresh = base ? events.slice(base.events.length) : events
  const histories = historiesOf(fresh, base?.histories)
  const next = { events, histories, pendingTests: pendingAfter(fresh, base?.pendingTests) }
  KNOWN.delete(key)
  KNOWN.set(key, next)
  const [oldest] = KNOWN.keys()
  if (KNOWN.size > REMEMBERED && oldest !== undefined) KNOWN.delete(oldest)
  return next
}

/** By ledger. It is made of events that were read and checked, and lives as long as the process. */
const KNOWN = new Map<string, LedgerHistory & { events: readonly Event[] }>()

const REMEMBERED = 16
