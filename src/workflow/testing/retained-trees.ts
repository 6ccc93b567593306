import { lastEvent, type Event } from '../../evidence/event.ts'
import { historiesOf, type History } from '../../evidence/history.ts'
import { featuresRecorded, readLedger } from '../../store/ledger.ts'
import type { State } from '../../store/state.ts'
import { filesAtStart } from './snapshots.ts'

/** The trees that a step of any feature may still be compared with. */
export function retainedTrees(state: State): Set<string> {
  const ledgers = featuresRecorded(state).map(feature => readLedger(state, feature).events)
  return new Set(ledgers.flatMap(treesNeededIn))
}

/**
 * Those of the tasks that are not done, and of the feature's beginning, which late reds and the baseline are seen on; as
 * long as the feature is not validated, also what each finished task began and ended with, for its report.
 */
function treesNeededIn(events: readonly Event[]): string[] {
  const isOver = lastEvent(events, 'validation')?.passed === true
  const seen = [...historiesOf(events).values()].flatMap(history => treesOf(history, isOver))
  const first = filesAtStart(events)
  return first ? [first.tree, ...seen] : seen
}

function treesOf({ stage, start, red, green, suite, done }: History, isOver: boolean): string[] {
  const needed = stage === 'done' ? [start, done] : [start, red, green, suite]
  if (stage === 'done' && isOver) return []
  return needed.flatMap(event => (event ? [event.tree] : []))
}
