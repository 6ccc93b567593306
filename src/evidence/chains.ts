import { descentOf } from './descent.ts'
import type { Event, EventOf } from './event.ts'
import { placedOfTask, placeOf } from './event-index.ts'

/**
 * The events that prove a `done` event, in order. In a merged ledger another clone may have started the same task in between,
 * which takes nothing away: only a later start in the chain of the proof, or of `done` itself, makes it out of date.
 */
export function proofOf(events: readonly Event[], done: EventOf<'done'>): Event[] {
  const end = placeOf(events, done)
  const earlier = placedOfTask(events, done.task).filter(({ at }) => at < end)
  const proofs = earlier.filter(({ event }) => done.proof.includes(event.hash))
  return proofs
    .filter(({ at, event }) => {
      const starts = startsOf(
        earlier.filter(one => one.at > at).map(one => one.event),
        done.task,
      )
      // Almost always. The descent of all events takes long in a long ledger.
      if (starts.length === 0) return true
      const precedes = descentOf(events)
      const isOwn = precedes(event, done)
      return !starts.some(start => precedes(start, done) || (!isOwn && precedes(event, start)))
    })
    .map(({ event }) => event)
}

/** Tasks that two clones or branches finished independently: neither knew that the other had finished it. */
export function finishedTwice(events: readonly Event[]): string[] {
  const byTask = new Map<string, EventOf<'done'>[]>()
  for (const event of events)
    if (event.kind === 'done') byTask.set(event.task, [...(byTask.get(event.task) ?? []), event])
  const several = [...byTask].filter(([, dones]) => dones.length > 1)
  if (several.length === 0) return []
  const precedes = descentOf(events)
  return several.flatMap(([task, dones]) => {
    const runs = dones.flatMap(done => {
      const start = startsOf(events, task).findLast(start => precedes(start, done))
      return start ? [{ start, done }] : []
    })
    const isKnown = (run: TaskRun, other: TaskRun): boolean => {
      const before = runs.find(({ done }) => done.hash === run.start.again)
      return (
        precedes(other.done, run.done) || before === other || (!!before && isKnown(before, other))
      )
    }
    const isTwice = runs.some((run, at) =>
      runs.slice(0, at).some(other => !isKnown(run, other) && !isKnown(other, run)),
    )
    return isTwice ? [task] : []
  })
}

/** A start of a task, and the end of the work that began with it. */
interface TaskRun {
  start: EventOf<'start'>
  done: EventOf<'done'>
}

function startsOf(events: readonly Event[], task: string): EventOf<'start'>[] {
  return events.flatMap(event => (event.kind === 'start' && event.task === task ? [event] : []))
}
