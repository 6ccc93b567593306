import type { Event, EventBody } from '../../evidence/event.ts'
import { latestOfKind } from '../../evidence/events-by-kind.ts'
import { givenIds, withGivenIds, type GivenId } from '../../plan/given-ids.ts'
import type { Plan } from '../../plan/plan.ts'

/** The plan with the ids that the ledger gives its tasks, if its format has no ids of its own. */
export function withRecordedIds(plan: Plan, events: readonly Event[]): Plan {
  if (plan.keepsIds !== true) return plan
  const records = recordsIn(events)
  const known = cache.get(plan)
  if (
    known?.records.length === records.length &&
    known.records.every((one, at) => one === records[at])
  )
    return known.result
  const result = withGivenIds(plan, records)
  cache.set(plan, { records, result })
  return result
}

/** The event that records the ids of a plan; `undefined` if the latest one has them all. */
export function idsEvent(plan: Plan, events: readonly Event[]): EventBody | undefined {
  if (plan.keepsIds !== true) return undefined
  const given = givenIds(plan)
  const latest = recordsIn(events).at(-1)
  const isRecorded =
    latest?.length === given.length && given.every((one, at) => isSame(one, latest[at]))
  return isRecorded ? undefined : { kind: 'ids', given }
}

function recordsIn(events: readonly Event[]): GivenId[][] {
  return latestOfKind(events, 'ids')
    .map(({ given }) => given)
    .toReversed()
}

function isSame(one: GivenId, other: GivenId | undefined): boolean {
  return one.id === other?.id && one.title === other.title && one.group === other.group
}

/** By the plan before its ids were replaced. */
const cache = new WeakMap<Plan, { records: readonly GivenId[][]; result: Plan }>()
