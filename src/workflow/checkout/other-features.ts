import type { Event, EventOf } from '../../evidence/event.ts'
import { isApprovedByHuman, olderTestKey } from '../../evidence/check-configuration.ts'
import { provenTests } from '../../evidence/proven-tests.ts'
import { featuresRecorded, readLedger } from '../../store/ledger.ts'
import type { Context } from '../context/context.ts'
import { currentHash } from '../guards/pending-files.ts'

/** A test that fails on the current code in the form that it had at a GREEN, and the files that changed since. */
interface FailingProof {
  green: EventOf<'green'>
  id: string
  files: readonly string[]
}

/** The events of every other feature, because tests may change there after a feature is finished. */
export function otherLedgers({ state, key }: Context): (readonly Event[])[] {
  return featuresRecorded(state)
    .filter(feature => feature !== key)
    .map(feature => readLedger(state, feature).events)
}

/** Whether another feature recorded a RED of the changed test after the GREEN, or a human confirmed the changed files there. */
export function isReplacedIn(
  context: Context,
  events: readonly Event[],
  { green, id, files }: FailingProof,
): boolean {
  const proof = provenTests(events).get(id)?.failToPass
  if (proof && proof.green.at > green.at) return true
  const later = events.filter(({ at }) => at > green.at)
  return files.every(file => {
    const hash = currentHash(context, file)
    return (
      isApprovedByHuman(later, file, hash) || isApprovedByHuman(later, olderTestKey(file), hash)
    )
  })
}
