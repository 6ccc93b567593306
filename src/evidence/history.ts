import { descentOf } from './descent.ts'
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
  /** A later start in another chain that did not know of `done`. It takes nothing away until steps of its own follow. */
  unaware?: EventOf<'start'>
}

/** The histories of the first events of a ledger. */
interface Earlier {
  events: readonly Event[]
  histories: ReadonlyMap<string, History>
}

/** The history of each task from the events of a feature, oldest first. `before` holds the histories of the first ones. */
export function historiesOf(events: readonly Event[], before?: Earlier): Map<string, History> {
  const histories = new Map(before?.histories)
  const follows = (earlier: Event, later: Event): boolean => descentOf(events)(earlier, later)
  const added = before ? events.slice(before.events.length) : events
  for (const event of added) {
    if (!('task' in event)) continue
    const known = histories.get(event.task) ?? { stage: 'todo' }
    histories.set(event.task, extendMerged(known, event, follows))
  }
  return histories
}

type Follows = (earlier: Event, later: Event) => boolean

/**
 * Two branches or clones may have started the same task. If one of them finished it and the other one only started it, without knowing
 * that, the task is done.
 */
function extendMerged(history: History, event: Event, follows: Follows): History {
  const { done, unaware } = history
  if (event.kind === 'start')
    return done && event.again !== done.hash && !follows(done, event)
      ? { ...history, unaware: event }
      : begin(history, event)
  if (!unaware || !follows(unaware, event)) return extend(history, event)
  // Who reported the failure did not know that the task is done.
  if (event.kind === 'failed') return history
  return extend(STEPS.has(event.kind) ? begin(history, unaware) : history, event)
}

const STEPS: ReadonlySet<Event['kind']> = new Set(['red', 'green', 'before', 'suite', 'done'])

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
