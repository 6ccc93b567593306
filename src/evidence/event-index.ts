import type { Event, EventBody, EventOf } from './event.ts'
import { addTo, lastPlaced, type Placed } from './events-by-kind.ts'
import { indexOfEvents } from './growing-events.ts'

/** Questions about a ledger whose answers take no longer in a long one. */

const byTask = indexOfEvents<Event, Map<string, Placed<Event>[]>>(
  () => new Map(),
  (lists, event, at) => {
    const task = taskOf(event)
    if (task !== undefined) addTo(lists, task, { at, event })
  },
)

function taskOf(event: Event): string | undefined {
  return 'task' in event && typeof event.task === 'string' ? event.task : undefined
}

/** The events of a task, oldest first, with their places. */
export function placedOfTask(events: readonly Event[], task: string): readonly Placed<Event>[] {
  const list = byTask(events).get(task) ?? []
  const last = list.at(-1)
  return last && last.at >= events.length ? list.filter(({ at }) => at < events.length) : list
}

/** The latest event of a kind about a task. */
export function lastOfTask<K extends EventBody['kind']>(
  events: readonly Event[],
  task: string,
  kind: K,
): EventOf<K> | undefined {
  const isIt = (event: Event): event is EventOf<K> => event.kind === kind
  const found = placedOfTask(events, task).findLast(({ event }) => isIt(event))?.event
  return found && isIt(found) ? found : undefined
}

/** The place of an event, by its hash: the same event may have been read twice. -1 if the ledger does not have it. */
export function placeOf(events: readonly Event[], event: Event): number {
  const task = taskOf(event)
  const found =
    task === undefined
      ? lastPlaced(events, event.kind, ({ hash }) => hash === event.hash)
      : placedOfTask(events, task).findLast(({ event: { hash } }) => hash === event.hash)
  return found?.at ?? -1
}

const byTag = indexOfEvents<Event, Map<string, { recorded: number; started: number }>>(
  () => new Map(),
  (tags, { by, kind }, at) => {
    const known = tags.get(by)
    const { recorded = at, started = Infinity } = known ?? {}
    const isFirst = kind === 'start' && started === Infinity
    if (!known || isFirst) tags.set(by, { recorded, started: isFirst ? at : started })
  },
)

/** Has this server or terminal recorded anything? */
export function hasRecorded(events: readonly Event[], tag: string): boolean {
  return (byTag(events).get(tag)?.recorded ?? Infinity) < events.length
}

/** Has this server or terminal started a task? */
export function hasStarted(events: readonly Event[], tag: string): boolean {
  return (byTag(events).get(tag)?.started ?? Infinity) < events.length
}
