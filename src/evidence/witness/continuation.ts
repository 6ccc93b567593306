import { GENESIS } from '../chain.ts'
import type { Event } from '../event.ts'
import type { Head, Part } from './statement.ts'

type Link = Pick<Event, 'seq' | 'prev' | 'hash'>

/** What a witness has not heard of a chain; or that it heard of another event at a place where this chain has one. */
export type Continuation = { parts: Part[] } | { differsAt: number }

/** Compares a chain with the head that a witness has of it. A chain that ends before that head has nothing to send. */
export function continuationOf(chain: string, events: readonly Link[], head?: Head): Continuation {
  const { length = 0, head: last = GENESIS } = head ?? {}
  if (length > 0 && events.every(({ hash }) => hash !== last)) {
    const other = events.find(({ seq }) => seq === length)
    return other ? { differsAt: length } : { parts: [] }
  }
  const following = new Map<string, Link>()
  for (const event of events) if (!following.has(event.prev)) following.set(event.prev, event)
  const hashes: string[] = []
  for (let event = following.get(last); event; event = following.get(event.hash))
    hashes.push(event.hash)
  const parts: Part[] = []
  for (let at = 0; at < hashes.length; at += MAX_PART_HASHES) {
    const prev = hashes[at - 1] ?? last
    parts.push({
      chain,
      first: length + at + 1,
      prev,
      hashes: hashes.slice(at, at + MAX_PART_HASHES),
    })
  }
  return { parts }
}

/** Events in one part. */
const MAX_PART_HASHES = 5000

/** Parts in groups that fit into one request. */
export function requestsOf<P extends Part>(parts: readonly P[]): P[][] {
  const groups: P[][] = []
  let free = 0
  for (const part of parts) {
    const group = groups.at(-1)
    const fits = group !== undefined && group.length < MAX_PARTS && part.hashes.length <= free
    free = (fits ? free : MAX_HASHES) - part.hashes.length
    if (fits) group.push(part)
    else groups.push([part])
  }
  return groups
}

/** A request has at most 4 MiB. */
const MAX_HASHES = 20_000
const MAX_PARTS = 1000
