import path from 'node:path'
import type { Candidate, Dialect, WorkspaceReader } from '../../dialects/dialect.ts'
import { featureKey, featureNamedBy } from '../../dialects/feature-ids.ts'
import { dialects } from '../../dialects/index.ts'
import type { Settings } from '../../store/settings.ts'
import type { State } from '../../store/state.ts'
import { toSlashes } from '../../store/workspace.ts'
import type { Call } from './call.ts'
import { Refusal } from './refusal.ts'
import { lastWorkedOn } from './last-worked-on.ts'
import { begunInFile, planInFile } from './plans-in-files.ts'
import { offeredPlans, plansElsewhere } from './plans-elsewhere.ts'
import { countOf } from '../../plan/format-list.ts'

/** A feature and the dialect that reads it. */
export interface FeatureChoice {
  dialect: Dialect
  candidate: Candidate
  /** What decided the dialect and the feature, as a phrase. */
  evidence: string
  /** A sentence, if something else names another feature. */
  doubt?: string
}

/** The feature that the caller named, or the active one. Refuses if there is none, or if it is ambiguous. */
export function chooseFeature(
  reader: WorkspaceReader,
  settings: Pick<Settings, 'dialect'>,
  call: Call,
  state: State,
): FeatureChoice {
  const detected = detectDialects(reader, settings.dialect, call)
  const choice =
    call.feature === undefined
      ? (begunPlan(reader, detected, state) ?? activeFeature(reader, detected, call, state))
      : namedFeature(reader, detected, call.feature, call)
  const { rootReason } = call
  return rootReason === undefined
    ? choice
    : { ...choice, evidence: `${choice.evidence}; ${call.root} was chosen because ${rootReason}` }
}

type DetectedDialect = Omit<FeatureChoice, 'candidate'>

function detectDialects(
  reader: WorkspaceReader,
  configured: string,
  { root, feature }: Call,
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
  // A caller may name a folder that no dialect looks into.
  return detected.length > 0 || feature === undefined
    ? detected
    : folderDialects(reader, relativePath(root, feature))
}

/** If no dialect finds a plan: the one that a caller named by its file before. */
function begunPlan(
  reader: WorkspaceReader,
  detected: readonly DetectedDialect[],
  state: State,
): FeatureChoice | undefined {
  const begun = detected.length > 0 ? undefined : begunInFile(reader, state)
  return begun && { ...begun, evidence: `${begun.candidate.tasks} was begun` }
}

function noPlan(reader: WorkspaceReader, root: string): Refusal {
  const known = dialects.map(({ name }) => name)
  return new Refusal(
    'no_feature',
    `The workspace ${root} has no plan in a known format (${known.join(', ')}), so nothing was done.`,
    plansElsewhere(root) ||
      offeredPlans(reader) ||
      'Write a plan first (for spec-kit: specs/001-name/ with spec.md, plan.md and tasks.md), name the dialect in redgreen.config.json, or start the server in the folder that has the plan.',
  )
}

/** The dialects that read the folder which the caller named. */
function folderDialects(reader: WorkspaceReader, folder: string): DetectedDialect[] {
  return dialects.flatMap(dialect => {
    const found = dialect.featureIn?.(reader, folder)
    return found === undefined ? [] : [{ dialect, evidence: `${found.tasks} exists` }]
  })
}

/** Of what was found, that which a human has named in the settings; else that of the dialects that do not yield to others. */
function decisive<T extends DetectedDialect>(
  reader: WorkspaceReader,
  detected: readonly T[],
): readonly T[] {
  const named = detected.filter(({ dialect }) => dialect.isNamed?.(reader) === true)
  const first = detected.filter(({ dialect }) => dialect.yields !== true)
  return [named, first].find(list => list.length > 0) ?? detected
}

function activeFeature(
  reader: WorkspaceReader,
  detected: readonly DetectedDialect[],
  { root }: Call,
  state: State,
): FeatureChoice {
  if (detected.length === 0) throw noPlan(reader, root)
  const answers = decisive(reader, detected).map(({ dialect, evidence }) => ({
    dialect,
    evidence,
    active: dialect.active(reader),
  }))
  const choices = answers.flatMap(({ dialect, evidence, active }): PossibleChoice[] => {
    if ('several' in active) {
      const { several, areFinished: isFinished = false } = active
      return several.map(candidate => ({ dialect, candidate, evidence, isFinished, isOne: false }))
    }
    if (!('found' in active)) return []
    const { found: candidate, isFinished = false, doubt } = active
    const reason = `${evidence}; ${active.evidence}`
    const choice = { dialect, candidate, evidence: reason, isFinished, isOne: true }
    return [{ ...choice, ...(doubt !== undefined && { doubt }) }]
  })
  const open = choices.filter(({ isFinished }) => !isFinished)
  const [only, ...more] = open.length > 0 ? open : choices
  if (only && more.length === 0 && only.isOne) return only
  // After the last task of a feature, its validation is due, although other features have no open task either.
  const latest = open.length === 0 ? lastWorkedOn(state, choices) : undefined
  if (latest) return { ...latest, evidence: `${latest.evidence}; it was worked on last` }
  if (only) throw ambiguousChoice([only, ...more])
  const [none] = answers.flatMap(({ active }) => ('none' in active ? [active] : []))
  throw new Refusal(
    'no_feature',
    none?.none ?? 'There is no feature.',
    plansElsewhere(root) || offeredPlans(reader) || (none?.remedy ?? ''),
  )
}

/** A feature that could be meant. */
interface PossibleChoice extends FeatureChoice {
  /** It has no open task. */
  isFinished: boolean
  /** Its dialect has decided for it. */
  isOne: boolean
}

/** The refusal that lists what was found. If several dialects have a feature, the settings can decide once. */
function ambiguousChoice(choices: readonly PossibleChoice[]): Refusal {
  const names = [...new Set(choices.map(({ dialect }) => dialect.name))]
  const [first = ''] = names
  const settings =
    names.length > 1
      ? ` To decide once for all calls, set "dialect" in redgreen.config.json to ${names.join(' or ')}, such as "dialect": "${first}".`
      : ''
  const list = choices.map(({ candidate, dialect }) =>
    names.length > 1 ? `${candidate.dir} (${dialect.name})` : candidate.dir,
  )
  return new Refusal(
    'ambiguous_feature',
    `Several features could be meant: ${list.join(', ')}.`,
    `${NAME_ONE}${settings}`,
  )
}

function namedFeature(
  reader: WorkspaceReader,
  detected: readonly DetectedDialect[],
  named: string,
  { root }: Call,
): FeatureChoice {
  const name = relativePath(root, named)
  const all = detected.flatMap(({ dialect, evidence }) =>
    dialect.features(reader).map(candidate => ({
      dialect,
      candidate,
      evidence: `${evidence}; named by the caller`,
    })),
  )
  const candidates = all.map(({ candidate }) => candidate)
  const exact = all.filter(
    ({ candidate }) =>
      candidate.dir === name || candidate.tasks === name || featureKey(candidate) === name,
  )
  const others = detected.map(({ dialect }) => dialect).filter(one => !one.featureInFile)
  const inFile = exact.length === 0 ? planInFile(reader, others, name) : undefined
  if (inFile !== undefined) return { ...inFile, evidence: 'named by the caller' }
  if (detected.length === 0) throw noPlan(reader, root)
  const inFolder = name.includes('/') ? choiceInFolder(reader, detected, name) : undefined
  if (exact.length === 0 && inFolder !== undefined) return inFolder
  const byId = new Set(featureNamedBy(candidates, name))
  const matches =
    exact.length > 0 ? decisive(reader, exact) : all.filter(({ candidate }) => byId.has(candidate))
  const [only] = matches
  if (only && matches.length === 1) return only
  if (only) {
    throw ambiguous(
      `The name ${name} fits ${countOf(matches.length, 'feature')}`,
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

function choiceInFolder(
  reader: WorkspaceReader,
  detected: readonly DetectedDialect[],
  folder: string,
): FeatureChoice | undefined {
  for (const { dialect, evidence } of detected) {
    const candidate = dialect.featureIn?.(reader, folder)
    if (candidate) return { dialect, candidate, evidence: `${evidence}; named by the caller` }
  }
  return undefined
}

/** A path as callers write it, relative to the workspace. */
function relativePath(root: string, named: string): string {
  const below = path.isAbsolute(named) ? path.relative(root, named) : named
  return toSlashes(below)
    .replaceAll('\\', '/')
    .replace(/^(\.\/)+/, '')
    .replace(/\/+$/, '')
}

const NAME_ONE = 'Nothing was done. Name one of them in the argument `feature`.'

function ambiguous(fact: string, candidates: readonly Candidate[]): Refusal {
  const list = candidates.map(candidate => candidate.dir).join(', ')
  return new Refusal('ambiguous_feature', `${fact}: ${list}.`, NAME_ONE)
}

/** The ids of every feature that any dialect finds. */
export function featureNames(reader: WorkspaceReader): string[] {
  return dialects
    .filter(dialect => dialect.detect(reader) !== undefined)
    .flatMap(dialect => dialect.features(reader).map(featureKey))
}
