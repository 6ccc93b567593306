import * as z from 'zod'
import { lastPlaced } from './events-by-kind.ts'
import { featureEvents } from './feature-events.ts'
import { humanEvents } from './human-events.ts'
import { runEvents } from './run-events.ts'
import { taskEvents } from './task-events.ts'

/** What a line of the ledger records, before it is added to the chain. Lines that are read from disk are checked against it. */
const eventBody = z.discriminatedUnion('kind', [
  ...taskEvents,
  ...runEvents,
  ...featureEvents,
  ...humanEvents,
])
export type EventBody = z.infer<typeof eventBody>

const placed = z.object({
  seq: z.number(),
  prev: z.string(),
  hash: z.string(),
  feature: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
  /** Tag of the server or terminal that the event was recorded for. */
  by: z.string(),
  /** The clone in which it was recorded, if several clones share a store. */
  clone: z.string().optional(),
  /** The branch that was checked out there. */
  branch: z.string().optional(),
})
export type EventHeader = z.infer<typeof placed>
export type Event = EventBody & EventHeader
export type EventOf<K extends EventBody['kind']> = Extract<EventBody, { kind: K }> & EventHeader

/** The latest event of a kind, such as the last validation; `matches` narrows the search. */
export function lastEvent<K extends EventBody['kind']>(
  events: readonly Event[],
  kind: K,
  matches: (event: EventOf<K>) => boolean = () => true,
): EventOf<K> | undefined {
  return lastPlaced(events, kind, matches)?.event
}

/** A line as an event; `undefined` if this version does not know its shape. */
export function parseEvent(entry: Record<string, unknown>): Event | undefined {
  const place = placed.safeParse(entry)
  const body = eventBody.safeParse(entry)
  return place.success && body.success ? { ...body.data, ...place.data } : undefined
}

/** The short id of an event for humans and tools. */
export function eventId(event: EventHeader): string {
  return event.hash.slice(0, 12)
}
