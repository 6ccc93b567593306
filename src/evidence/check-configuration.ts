import type { Event } from './event.ts'
import { placeOf } from './event-index.ts'
import { lastPlaced, type Placed } from './events-by-kind.ts'
import { indexOfEvents } from './growing-events.ts'

/** Hashes of what decides whether work is accepted, by key: configuration of checks, and changed tests from before the feature. */
export type CheckConfiguration = Readonly<Record<string, string>>

/** The key of a test file from before the feature. */
export function olderTestKey(file: string): string {
  return `${file}${OLDER_TEST}`
}

/** The file of such a key; `undefined` for configuration. */
export function olderTestOf(key: string): string | undefined {
  return key.endsWith(OLDER_TEST) ? key.slice(0, -OLDER_TEST.length) : undefined
}

const OLDER_TEST = '#older-test'

/** The check configuration at an event: that of the last event up to it that recorded one. Without an event: the latest. */
export function checkConfigurationAt(
  events: readonly Event[],
  event?: Event,
): CheckConfiguration | undefined {
  const end = event ? placeOf(events, event) + 1 : events.length
  return recorded(events).findLast(({ at }) => at < end)?.event
}

/** The check configuration at the start of the feature; `undefined` in ledgers of earlier versions. */
export function checkConfigurationAtStart(
  events: readonly Event[],
): CheckConfiguration | undefined {
  const first = recorded(events)[0]
  return first && first.at < events.length ? first.event : undefined
}

/** Indexed, because few events record a check configuration. */
const recorded = indexOfEvents<Event, Placed<CheckConfiguration>[]>(
  () => [],
  (list, event, at) => {
    const judges = 'judges' in event ? event.judges : undefined
    if (judges) list.push({ at, event: judges })
  },
)

/** Keys that were added, removed or changed, sorted. */
export function changedKeys(before: CheckConfiguration, now: CheckConfiguration): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(now)])
  return [...keys].filter(key => before[key] !== now[key]).sort()
}

/** Keys that changed during the feature and that no human has approved, according to the ledger alone. */
export function changedDuringFeature(events: readonly Event[]): string[] {
  const [before, after] = [checkConfigurationAtStart(events), checkConfigurationAt(events)]
  if (!before || !after) return []
  return changedKeys(before, after).filter(key => !isApprovedByHuman(events, key, after[key]))
}

/** Test files from before the feature that changed in it, according to the ledger alone, and that no human has seen. */
export function olderTestsChangedDuringFeature(events: readonly Event[]): string[] {
  return changedDuringFeature(events).flatMap(key => olderTestOf(key) ?? [])
}

/** Did a human approve the key with this hash, after an event if one is given? */
export function isApprovedByHuman(
  events: readonly Event[],
  key: string,
  hash: string | undefined,
  since?: Event,
): boolean {
  const after = since ? placeOf(events, since) : -1
  const isIt = (files: Readonly<Record<string, string>> = {}) => files[key] === (hash ?? 'absent')
  return lastPlaced(events, 'approved', ({ files }, at) => at > after && isIt(files)) !== undefined
}
