import type { Event, EventOf } from './event.ts'
import type { Stage } from './stage.ts'

/** What the ledger says about one task since its latest start. */
export interface History {
  stage: Stage
  start?: EventOf<'start'>
  red?: EventOf<'red'>
  green?: EventOf<'green'>
  /** The mutation check of the GREEN. */
  mutation?: EventOf<'mutation'>
  suite?: EventOf<'suite'>
  /** The suite before a refactoring. */
  before?: EventOf<'before'>
  done?: EventOf<'done'>
  waived?: EventOf<'waived'>
  /** The latest reported failure, unless the task was resumed. */
  failed?: EventOf<'failed'>
}

/** The history of each task from the events of a feature, oldest first. `before` holds the histories of earlier events. */
export function historiesOf(
  events: readonly Event[],
  before: ReadonlyMap<string, History> = new Map(),
): Map<string, History> {
  const histories = new Map(before)
  for (const event of events) {
    if (!('task' in event)) continue
    histories.set(event.task, extend(histories.get(event.task) ?? { stage: 'todo' }, event))
  }
  return histories
}

function extend(history: History, event: Event): History {
  switch (event.kind) {
    case 'start':
      return begin(history, event)
    case 'red': {
      const { green: _superseded, mutation: _of, ...earlier } = history
      return { ...earlier, stage: 'red', red: event }
    }
    case 'green': {
      const { mutation: _ofEarlier, ...earlier } = history
      return { ...earlier, stage: 'green', green: event }
    }
    case 'mutation':
      return event.green === history.green?.hash ? { ...history, mutation: event } : history
    case 'suite':
      return { ...history, suite: event }
    case 'before':
      return { ...history, before: event }
    case 'done': {
      const { failed: _over, ...rest } = history
      return { ...rest, stage: 'done', done: event }
    }
    case 'waived':
      return { ...history, waived: event }
    case 'failed':
      return { ...history, failed: event }
    case 'resumed': {
      const { failed: _over, ...rest } = history
      return rest
    }
    case 'reopened':
      return { stage: 'todo' }
    case 'ids':
    case 'baseline':
    case 'findings':
    case 'refused':
    case 'test-retired':
    case 'released':
    case 'approved':
    case 'phase-confirmed':
    case 'standard-confirmed':
    case 'gotcha-waived':
    case 'runs-allowed':
    case 'validation':
      return history
  }
}

/** A new start discards earlier runs, but not a waiver. */
function begin(history: History, start: EventOf<'start'>): History {
  return { stage: 'todo', start, ...(history.waived && { waived: history.waived }) }
}
