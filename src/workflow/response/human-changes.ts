import type { Event, EventOf } from '../../evidence/event.ts'
import type { Context } from '../context/context.ts'

/** Proofs that a human undid, and tests that they retired: a warning each. */
export function humanChangeLines({ ledger: { events } }: Pick<Context, 'ledger'>): string[] {
  return [
    ...[...reopenedIn(events)].map(event => describeReopened(events, event)),
    ...events.flatMap(event =>
      event.kind === 'test-retired'
        ? [
            `! "${event.test}" of ${event.task} was retired by ${whoAndWhen(event)}: ${event.reason}.`,
          ]
        : [],
    ),
  ]
}

/** The latest reopening of each task. */
function reopenedIn(events: readonly Event[]): EventOf<'reopened'>[] {
  const last = new Map<string, EventOf<'reopened'>>()
  for (const event of events) if (event.kind === 'reopened') last.set(event.task, event)
  return [...last.values()]
}

function describeReopened(events: readonly Event[], event: EventOf<'reopened'>): string {
  const { task, was, reason, hash } = event
  const at = events.findIndex(other => other.hash === hash)
  const again = events
    .slice(at)
    .find(other => (other.kind === 'done' || other.kind === 'waived') && other.task === task)
  const why = reason === undefined ? '' : ` (${reason})`
  const state = again
    ? `It was ${again.kind} again on ${again.at.slice(0, 10)}`
    : 'It is not done again'
  return `! ${task} was ${was} and was opened again by ${whoAndWhen(event)}${why}. ${state}; what was recorded before no longer counts.`
}

function whoAndWhen({ person, at }: { person: string; at: string }): string {
  return `${person} on ${at.slice(0, 10)}`
}
