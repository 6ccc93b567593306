import { lastEvent, type Event } from '../../evidence/event.ts'
import { placedOfTask, placeOf } from '../../evidence/event-index.ts'
import { lastPlaced, latestOfKind } from '../../evidence/events-by-kind.ts'
import type { Task } from '../../plan/plan.ts'
import type { Context } from '../context/context.ts'

/** A refusal of the work by a linter, type checker or named check. */
export interface CheckRefusal {
  /** `lint`, `types`, or `check NAME`. */
  judge: string
  command: string[]
  event: Event
}

/** The named checks that refused the task, with their commands, unless a human has approved since. */
export function checksThatRefused(
  { ledger: { events } }: Context,
  task: Task,
): Map<string, string[]> {
  const approved = lastEvent(events, 'approved')
  const since = approved ? placeOf(events, approved) : -1
  const refusals = refusalsOfTask(events, task).filter(
    ({ event }) => placeOf(events, event) > since,
  )
  return new Map(
    refusals.flatMap(({ judge, command }) =>
      judge.startsWith(CHECK_PREFIX) ? [[judge.slice(CHECK_PREFIX.length), command] as const] : [],
    ),
  )
}

/** How `judge` begins for a named check. */
export const CHECK_PREFIX = 'check '

/** The first refusal by each check since the task was last done. */
export function refusalsOfTask(events: readonly Event[], { id }: Task): CheckRefusal[] {
  const own = placedOfTask(events, id)
  const later = own.slice(own.findLastIndex(({ event }) => event.kind === 'done') + 1)
  return firstOfEach(
    later.flatMap(({ event }) =>
      event.kind === 'refused' ? [{ judge: event.judge, command: event.command, event }] : [],
    ),
  )
}

/** The first failure of each linter or type checker since a validation last passed. */
export function failedGates(events: readonly Event[]): CheckRefusal[] {
  const passed = lastPlaced(events, 'validation', event => event.passed)?.at ?? -1
  const failed = latestOfKind(events, 'validation', passed + 1).toReversed()
  return firstOfEach(
    failed.flatMap(event =>
      event.gates.flatMap(({ name, passed, run }) =>
        !passed && run && ['lint', 'types'].includes(name)
          ? [{ judge: name, command: run.command, event }]
          : [],
      ),
    ),
  )
}

function firstOfEach(refusals: readonly CheckRefusal[]): CheckRefusal[] {
  return refusals.filter((one, at) => refusals.findIndex(({ judge }) => judge === one.judge) === at)
}
