import { lastEvent, type Event } from '../../evidence/event.ts'
import { historiesOf, type History } from '../../evidence/history.ts'
import { featuresRecorded, readLedger } from '../../store/ledger.ts'
import type { State } from '../../store/state.ts'
import { snapshotAtStart } from './snapshots.ts'

/** Hashes of the trees that a later step of any feature may still need. */
export function retainedTrees(state: State): Set<string> {
  const ledgers = featuresRecorded(state).map(feature => readLedger(state, feature).events)
  return new Set(ledgers.flatMap(treesNeededIn))
}

/**
 * The tree of the feature's start (for retroactive REDs and the baseline), those of unfinished tasks and, until the feature is
 * validated, the first and last tree of each finished task (for the report). After that, what was validated.
 */
function treesNeededIn(events: readonly Event[]): string[] {
  const validation = lastEvent(events, 'validation')
  const isValidated = validation?.passed === true
  // Ledgers of earlier versions do not have this field.
  const validated = isValidated ? (validation.finished?.tree ?? validation.after) : undefined
  const trees = [...historiesOf(events).values()].flatMap(history => treesOf(history, isValidated))
  const start = snapshotAtStart(events)
  return [...(start ? [start.tree] : []), ...(validated === undefined ? [] : [validated]), ...trees]
}

function treesOf(
  { stage, start, red, green, suite, done }: History,
  isValidated: boolean,
): string[] {
  if (stage === 'done' && isValidated) return []
  const needed = stage === 'done' ? [start, done] : [start, red, green, suite]
  return needed.flatMap(event => (event ? [event.tree] : []))
}
