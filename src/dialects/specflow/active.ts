import type { ActiveFeature, Candidate, WorkspaceReader } from '../dialect.ts'
import { POINTER_FILE, readPointer } from './current-feature.ts'
import { featureRows, type FeatureRow } from './database.ts'
import { featuresOf } from './features.ts'
import { byNumber, featureNamedBy } from '../feature-ids.ts'
import { canImplement, remedyForPhase } from './lifecycle.ts'

/** The feature that the playbook points to, else the next one of SpecFlow's queue, else the only one. It is never guessed. */
export function activeOf(reader: WorkspaceReader): ActiveFeature {
  const features = featuresOf(reader)
  return byPointer(reader, features) ?? byQueue(reader, features) ?? onlyOne(features)
}

function byPointer(
  reader: WorkspaceReader,
  features: readonly Candidate[],
): ActiveFeature | undefined {
  const pointer = readPointer(reader)
  if (pointer === undefined) return undefined
  if ('allDone' in pointer)
    return { none: `${POINTER_FILE} says ALL_FEATURES_COMPLETE.`, remedy: ADD_ONE }
  const { id } = pointer
  const matching = featureNamedBy(features, id)
  const [found, ...more] = matching
  if (found === undefined) {
    const row = featureRows(reader).find(row => featureNamedBy([row], id).length > 0)
    return withoutTasks(id, `${POINTER_FILE} names ${id}, which has no tasks.md`, row)
  }
  if (more.length > 0) return { several: matching, remedy: NAME_ONE }
  return { found, evidence: `${POINTER_FILE} names ${id}` }
}

/** The feature in progress, else the lowest number that is ready; `undefined` without a queue. */
function byQueue(
  reader: WorkspaceReader,
  features: readonly Candidate[],
): ActiveFeature | undefined {
  const rows = featureRows(reader).toSorted(byNumber)
  if (rows.length === 0) return undefined
  const active = rows.filter(({ status }) => status === 'in_progress')
  const pending = rows.filter(({ status }) => status === 'pending')
  const [next] = [...active, ...pending.filter(canImplement), ...pending]
  if (next === undefined) return { none: 'Every feature is complete or skipped.', remedy: ADD_ONE }
  const [found] = featureNamedBy(features, next.id)
  if (found === undefined)
    return withoutTasks(
      next.id,
      `${next.id} is next in the feature queue, but has no tasks.md`,
      next,
    )
  return { found, evidence: `the feature queue has ${next.id} next (${next.status})` }
}

function onlyOne(features: readonly Candidate[]): ActiveFeature {
  const [found, ...more] = features
  if (found === undefined) return { none: 'No feature has a tasks.md.', remedy: ADD_ONE }
  if (more.length > 0) return { several: [...features], remedy: NAME_ONE }
  return { found, evidence: `${found.tasks} is the only one` }
}

function withoutTasks(id: string, fact: string, row: FeatureRow | undefined): ActiveFeature {
  const phase = row?.phase ?? ''
  const suffix = row === undefined ? '' : ` (phase ${phase === '' ? 'unknown' : phase})`
  return { none: `${fact}${suffix}.`, remedy: remedyForPhase(phase, row?.id ?? id), isNamed: true }
}

const ADD_ONE =
  'Add a feature with `specflow add` and write its tasks with `specflow tasks`, or name a feature.'
const NAME_ONE = `Name the feature, or write its id into ${POINTER_FILE}.`
