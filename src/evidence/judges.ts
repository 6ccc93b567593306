import type { Event } from './event.ts'

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
  for (let at = end - 1; at >= 0; at -= 1) {
    const recorded = judgesIn(events[at])
    if (recorded) return recorded
  }
  return undefined
}

/** The judges at the start of the feature; `undefined` in ledgers of earlier versions. */
export function judgesAtStart(events: readonly Event[]): Judges | undefined {
  return events.map(judgesIn).find(judges => judges !== undefined)
}

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
  const later = since ? events.slice(placeOf(events, since) + 1) : events
  return later.some(event => event.kind === 'approved' && event.files?.[key] === (hash ?? 'absent'))
}

/** By hash: the same event may have been read twice. */
function placeOf(events: readonly Event[], { hash }: Event): number {
  return events.findIndex(event => event.hash === hash)
}

function judgesIn(event: Event | undefined): Judges | undefined {
  return event && 'judges' in event ? event.judges : undefined
}
