import type { Candidate, Dialect, WorkspaceReader } from '../../dialects/dialect.ts'
import { featureKey, featureNamedBy } from '../../dialects/feature-ids.ts'
import { dialects } from '../../dialects/index.ts'
import type { Settings } from '../../store/settings.ts'
import type { Call } from './call.ts'
import { Refusal } from './refusal.ts'

/** A feature and the dialect that reads it. */
export interface Choice {
  dialect: Dialect
  candidate: Candidate
  /** What decided both, as a phrase. */
  evidence: string
}

/** The feature that the caller named, or the active one; refuses when that cannot be said. */
export function chooseFeature(
  reader: WorkspaceReader,
  settings: Pick<Settings, 'dialect'>,
  call: Call,
): Choice {
  const used = dialectsOf(reader, settings.dialect)
  return call.feature === undefined
    ? activeFeature(reader, used)
    : named(reader, used, call.feature)
}

interface Used {
  dialect: Dialect
  evidence: string
}

function dialectsOf(reader: WorkspaceReader, wanted: string): Used[] {
  const known = dialects.map(dialect => dialect.name)
  if (wanted !== 'auto') {
    const dialect = dialects.find(dialect => dialect.name === wanted)
    if (dialect) return [{ dialect, evidence: 'the settings name the dialect' }]
    const fact = `The settings name the dialect ${wanted}; this version reads ${known.join(', ')}.`
    throw new Refusal('plan_invalid', fact, 'Nothing was read. A person has to mend the settings.')
  }
  const used = dialects.flatMap(dialect => {
    const evidence = dialect.detect(reader)
    return evidence === undefined ? [] : [{ dialect, evidence }]
  })
  if (used.length > 0) return used
  throw new Refusal(
    'no_feature',
    `No plan was found: nothing here looks like ${known.join(', ')}.`,
    'Write one first (for spec-kit: specs/001-name/ with spec.md, plan.md and tasks.md), name the dialect in redgreen.config.json, or start the server in the folder that has it.',
  )
}

function activeFeature(reader: WorkspaceReader, used: readonly Used[]): Choice {
  const answers = used.map(({ dialect, evidence }) => ({
    dialect,
    evidence,
    active: dialect.active(reader),
  }))
  const found = answers.flatMap(({ dialect, evidence, active }) =>
    'found' in active
      ? [{ dialect, candidate: active.found, evidence: `${evidence}; ${active.evidence}` }]
      : [],
  )
  const several = answers.flatMap(({ active }) => ('several' in active ? active.several : []))
  const [only] = found
  if (only && found.length === 1 && several.length === 0) return only
  const candidates = [...found.map(choice => choice.candidate), ...several]
  if (candidates.length > 0) throw ambiguous('More than one feature could be meant', candidates)
  const [none] = answers.flatMap(({ active }) => ('none' in active ? [active] : []))
  throw new Refusal('no_feature', none?.none ?? 'There is no feature.', none?.remedy ?? '')
}

function named(reader: WorkspaceReader, used: readonly Used[], name: string): Choice {
  const all = used.flatMap(({ dialect, evidence }) =>
    dialect.features(reader).map(candidate => ({
      dialect,
      candidate,
      evidence: `${evidence}; named by the caller`,
    })),
  )
  const atPlace = all.filter(
    ({ candidate }) => candidate.dir === name || featureKey(candidate) === name,
  )
  const ids = new Set(
    featureNamedBy(
      all.map(({ candidate }) => candidate),
      name,
    ),
  )
  const matches = atPlace.length > 0 ? atPlace : all.filter(({ candidate }) => ids.has(candidate))
  const [only] = matches
  if (only && matches.length === 1) return only
  if (only) {
    throw ambiguous(
      `The name ${name} fits ${matches.length} features`,
      matches.map(match => match.candidate),
    )
  }
  const known = all.map(({ candidate }) => candidate.id)
  throw new Refusal(
    'no_feature',
    `There is no feature ${name}.`,
    known.length > 0 ? `There are ${known.join(', ')}.` : 'The workspace has none yet.',
    'Nothing was read. Name one of them, or leave the argument out for the active one.',
  )
}

function ambiguous(fact: string, candidates: readonly Candidate[]): Refusal {
  const list = candidates.map(candidate => candidate.dir).join(', ')
  const remedy = 'None was chosen. Name one in the argument `feature`.'
  return new Refusal('ambiguous_feature', `${fact}: ${list}.`, remedy)
}

/** The names of every feature that any dialect finds. */
export function featureNames(reader: WorkspaceReader): string[] {
  return dialects
    .filter(dialect => dialect.detect(reader) !== undefined)
    .flatMap(dialect => dialect.features(reader).map(featureKey))
}
