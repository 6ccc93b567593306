import { historiesOf } from '../evidence/history.ts'
import { featuresRecorded, readLedger } from '../store/ledger.ts'
import type { State } from '../store/state.ts'

/** The trees that a step may still be compared with: those of the tasks that are not done, of every feature. */
export function neededTrees(state: State): Set<string> {
  const histories = featuresRecorded(state).flatMap(feature => [
    ...historiesOf(readLedger(state, feature).events).values(),
  ])
  const open = histories.filter(({ stage }) => stage !== 'done')
  const events = open.flatMap(({ start, red, green, suite }) => [start, red, green, suite])
  return new Set(events.flatMap(event => (event ? [event.tree] : [])))
}
