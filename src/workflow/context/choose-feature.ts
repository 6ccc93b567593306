import type { Candidate, Dialect, WorkspaceReader } from '../../dialects/dialect.ts'
import { featureKey, featureNamedBy } from '../../dialects/feature-ids.ts'
import { dialects } from '../../dialects/index.ts'
import type { Settings } from '../../store/settings.ts'
import type { Call } from './call.ts'
import { Refusal } from './refusal.ts'

/** A feature and the dialect that reads it. */
export interface FeatureChoice {
  dialect: Dialect
  candidate: Candidate
  /** What decided the dialect and the feature, as a phrase. */
  evidence: string
}

/** The feature that the caller named, or the active one. Refuses if there is none, or if it is ambiguous. */
export function chooseFeature(
  reader: WorkspaceReader,
  settings: Pick<Settings, 'dialect'>,
  call: Call,
): FeatureChoice {
  const detected = detectDialects(reader, settings.dialect, call)
  const choice =
    call.feature === undefined
      ? activeFeature(reader, detected)
      : namedFeature(reader, detected, call.feature)
  const { rootReason } = call
  return rootReason === undefined
    ? choice
    : { ...choice, evidence: `${choice.evidence}; ${call.root} was chosen because ${rootReason}` }
}

type DetectedDialect = Omit<FeatureChoice, 'candidate'>

function detectDialects(
  reader: WorkspaceReader,
  configured: string,
  { root }: Call,
): DetectedDialect[] {
  const known = dialects.map(dialect => dialect.name)
  if (configured !== 'auto') {
    const dialect = dialects.find(dialect => dialect.name === configured)
    if (dialect) return [{ dialect, evidence: 'the settings name the dialect' }]
    throw new Refusal(
      'plan_invalid',
      `redgreen.config.json names the dialect ${configured}, which this version does not know (${known.join(', ')}).`,
      'No plan was read. Ask a human to correct the settings.',
    )
  }
  const detected = dialects.flatMap(dialect => {
    const evidence = dialect.detect(reader)
    return evidence === undefined ? [] : [{ dialect, evidence }]
  })
  if (detected.length > 0) return detected
  throw new Refusal(
    'no_feature',
    `The workspace ${root} has no plan in a known format (${known.join(', ')}), so nothing was done.`,
    'Write a plan first (for spec-kit: specs/001-name/ with spec.md, plan.md and tasks.md), name the dialect in redgreen.config.json, or start the server in the folder that has the plan.',
  )
}

function activeFeature(
  reader: WorkspaceReader,
  detected: readonly DetectedDialect[],
): FeatureChoice {
  const answers = detected.map(({ dialect, evidence }) => ({
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
  if (candidates.length > 0) throw ambiguous('Several features could be meant', candidates)
  const [none] = answers.flatMap(({ active }) => ('none' in active ? [active] : []))
  throw new Refusal('no_feature', none?.none ?? 'There is no feature.', none?.remedy ?? '')
}

function namedFeature(
  reader: WorkspaceReader,
  detected: readonly DetectedDialect[],
  name: string,
): FeatureChoice {
  const all = detected.flatMap(({ dialect, evidence }) =>
    dialect.features(reader).map(candidate => ({
      dialect,
      candidate,
      evidence: `${evidence}; named by the caller`,
    })),
  )
  const candidates = all.map(({ candidate }) => candidate)
  const exact = all.filter(
    ({ candidate }) => candidate.dir === name || featureKey(candidate) === name,
  )
  const byId = new Set(featureNamedBy(candidates, name))
  const matches = exact.length > 0 ? exact : all.filter(({ candidate }) => byId.has(candidate))
  const [only] = matches
  if (only && matches.length === 1) return only
  if (only) {
    throw ambiguous(
      `The name ${name} fits ${matches.length} features`,
      matches.map(match => match.candidate),
    )
  }
  const known = candidates.map(({ id }) => id)
  throw new Refusal(
    'no_feature',
    `There is no feature ${name}, so nothing was done.`,
    known.length > 0
      ? `Name one of ${known.join(', ')}, or leave \`feature\` out to get the active one.`
      : 'The workspace has no feature yet. Write a plan first.',
  )
}

function ambiguous(fact: string, candidates: readonly Candidate[]): Refusal {
  const list = candidates.map(candidate => candidate.dir).join(', ')
  return new Refusal(
    'ambiguous_feature',
    `${fact}: ${list}.`,
    'Nothing was done. Name one of them in the argument `feature`.',
  )
}

/** The ids of every feature that any dialect finds. */
export function featureNames(reader: WorkspaceReader): string[] {
  return dialects
    .filter(dialect => dialect.detect(reader) !== undefined)
    .flatMap(dialect => dialect.features(reader).map(featureKey))
}
