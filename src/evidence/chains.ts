import type { Event, EventOf } from './event.ts'

/** The chain of each event, by its hash: events of one clone and branch have the same value. */
function chainsOf(events: readonly Event[]): ReadonlyMap<string, string> {
  const chains = new Map<string, string>()
  for (const { hash, prev } of events) chains.set(hash, chains.get(prev) ?? hash)
  return chains
}

/**
 * The events that prove a `done` event, in order. In a merged ledger another clone may have started the same task in between,
 * which takes nothing away: only a later start in the chain of the proof, or of `done` itself, makes it out of date.
 */
export function proofOf(events: readonly Event[], done: EventOf<'done'>): Event[] {
  const chains = chainsOf(events)
  const end = events.findIndex(({ hash }) => hash === done.hash)
  return events.slice(0, end).filter((event, at) => {
    if (!done.proof.includes(event.hash)) return false
    const own = [chains.get(event.hash), chains.get(done.hash)]
    return !events
      .slice(at + 1, end)
      .some(
        later =>
          later.kind === 'start' &&
          later.task === done.task &&
          own.includes(chains.get(later.hash)),
      )
  })
}

/** Tasks that two clones or branches finished independently: each was started before the other was done. */
export function finishedTwice(events: readonly Event[]): string[] {
  const chains = chainsOf(events)
  const runs = events.flatMap((event, at) => {
    if (event.kind !== 'done') return []
    const chain = chains.get(event.hash)
    const start = events
      .slice(0, at)
      .findLast(
        ({ kind, hash, ...rest }) =>
          kind === 'start' &&
          chains.get(hash) === chain &&
          'task' in rest &&
          rest.task === event.task,
      )
    return start ? [{ task: event.task, chain, from: start.at, to: event.at }] : []
  })
  const twice = runs.filter(one =>
    runs.some(
      other =>
        other.task === one.task &&
        other.chain !== one.chain &&
        other.from < one.to &&
        one.from < other.to,
    ),
  )
  return [...new Set(twice.map(({ task }) => task))]
}
