import type { Candidate } from '../../dialects/dialect.ts'
import { featureKey } from '../../dialects/feature-ids.ts'
import { readLedger } from '../../store/ledger.ts'
import type { State } from '../../store/state.ts'

/** The one of these features whose ledger was written last; `undefined` if none has a ledger. */
export function lastWorkedOn<T extends { candidate: Candidate }>(
  state: State,
  choices: readonly T[],
): T | undefined {
  const dated = choices.flatMap(choice => {
    const last = readLedger(state, featureKey(choice.candidate)).events.at(-1)
    return last === undefined ? [] : [{ choice, at: last.at }]
  })
  const [latest] = dated.toSorted((one, other) => (one.at < other.at ? 1 : -1))
  return latest?.choice
}
