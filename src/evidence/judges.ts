import type { Event } from './event.ts'
import { placeOf } from './event-index.ts'
import { lastPlaced, type Placed } from './events-by-kind.ts'
import { indexOfEvents } from './growing-events.ts'

/** Hashes of what judges the work, by key: configuration, and changed tests from before the feature. */
export type Judges = Readonly<Record<string, string>>

/** The key of a test file from before the feature. */
export function olderTestKey(file: string): string {
  return `${file}${OLDER_TEST}`
}

/** The file of such a key; `undefined` for configuration. */
export function olderTestOf(key: string): string | undefined {
  return key.endsWith(OLDER_TEST) ? key.slice(0, -OLDER_TEST.length) : undefined
}

const OLDER_TEST = '#older-test'

/** The judges at an event: those of the last event up to it that recorded them. Without an event: the latest. */
export function judgesAt(events: readonly Event[], event?: Event): Judges | undefined {
  const end = event ? placeOf(events, event) + 1 : events.length
  return recorded(events).findLast(({ at }) => at < end)?.event
}

/** The judges at the start of the feature; `undefined` in ledgers of earlier versions. */
export function judgesAtStart(events: readonly Event[]): Judges | undefined {
  const first = recorded(events)[0]
  return first && first.at < events.length ? first.event : undefined
}

/** Few events record judges. */
const recorded = indexOfEvents<Event, Placed<Judges>[]>(
  () => [],
  (list, event, at) => {
    const judges = 'judges' in event ? event.judges : undefined
    if (judges) list.push({ at, event: judges })
  },
)

/** Keys that were added, removed or changed, sorted. */
export function changedJudges(before: Judges, now: Judges): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(now)])
  return [...keys].filter(key => before[key] !== now[key]).sort()
}

/** Configuration that judges the work and changed during the feature, according to the ledger alone. */
export function changedDuring(events: readonly Event[]): string[] {
  const [before, after] = [judgesAtStart(events), judgesAt(events)]
  if (!before || !after) return []
  return changedJudges(before, after).filter(key => !isSeen(events, key, after[key]))
}

/** Test files from before the feature that changed in it, according to the ledger alone, and that no human has seen. */
export function olderTestsChangedDuring(events: readonly Event[]): string[] {
  return changedDuring(events).flatMap(key => olderTestOf(key) ?? [])
}

/** Did a human approve the key with this hash, after an event if one is given? */
export function isSeen(
  events: readonly Event[],
  key: string,
  hash: string | undefined,
  since?: Event,
): boolean {
  const after = since ? placeOf(events, since) : -1
  const isIt = (files: Readonly<Record<string, string>> = {}) => files[key] === (hash ?? 'absent')
  return lastPlaced(events, 'approved', ({ files }, at) => at > after && isIt(files)) !== undefined
}
