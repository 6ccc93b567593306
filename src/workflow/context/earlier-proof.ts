import type { Event, EventOf } from '../../evidence/event.ts'
import type { Task } from '../../plan/plan.ts'
import type { Context } from './context.ts'

/** The start of a task. */
interface Started {
  task: Task
  start: EventOf<'start'>
}

/** The last GREEN of tests, before the task was started, of a task that is done. */
export function greenBefore(context: Context, started: Started): EventOf<'green'> | undefined {
  return doneBefore(context, started).findLast(isGreen)
}

/** The same, or the RED of a task whose tests were written ahead of their code. */
export function proofBefore(
  context: Context,
  started: Started,
): EventOf<'green'> | EventOf<'red'> | undefined {
  return doneBefore(context, started).findLast(event => isGreen(event) || isAhead(event))
}

function isGreen(event: Event): event is EventOf<'green'> {
  return event.kind === 'green' && Object.keys(event.files).length > 0
}

function isAhead(event: Event): event is EventOf<'red'> {
  return event.kind === 'red' && event.provenAs === 'test'
}

/** The events of other tasks that are done, up to the start of this one. */
function doneBefore({ ledger, histories }: Context, { task, start }: Started): Event[] {
  const end = ledger.events.findIndex(({ hash }) => hash === start.hash)
  return ledger.events
    .slice(0, end)
    .filter(
      event =>
        'task' in event &&
        event.task !== task.id &&
        typeof event.task === 'string' &&
        histories.get(event.task)?.stage === 'done',
    )
}
