import type { Event } from './event.ts'

/** Hashes of the configuration that judges the work, by key. */
export type Judges = Readonly<Record<string, string>>

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
