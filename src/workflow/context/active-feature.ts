import type { ActiveFeature, Candidate, Dialect, WorkspaceReader } from '../../dialects/dialect.ts'
import { dialects } from '../../dialects/index.ts'
import type { Settings } from '../../store/settings.ts'
import type { State } from '../../store/state.ts'
import type { Call } from './call.ts'
import { lastWorkedOn } from './last-worked-on.ts'
import { misreadPlans, offeredPlans, plansElsewhere } from './plans-elsewhere.ts'
import { begunInFile } from './plans-in-files.ts'
import { Refusal } from './refusal.ts'

/** A feature and the dialect that reads it. */
export interface FeatureChoice {
  dialect: Dialect
  candidate: Candidate
  /** What decided the dialect and the feature, as a phrase. */
  evidence: string
  /** A sentence, if something else names another feature. */
  doubt?: string
}

export type DetectedDialect = Omit<FeatureChoice, 'candidate'>

/**
 * The feature to work on if the caller names none. Refuses if there is none, or if it is ambiguous. If a planner is installed but has no
 * feature yet, a plan of a dialect that yields to others is taken instead, or a plan that was begun.
 */
export function activeFeature(
  reader: WorkspaceReader,
  detected: readonly DetectedDialect[],
  settings: Pick<Settings, 'dialect'>,
  { root }: Call,
  state: State,
): FeatureChoice {
  const answers = answersOf(reader, decisive(reader, detected))
  const choice = chosenOf(answers.flatMap(possibleChoices), state)
  if (choice) return choice
  const unused = answers.filter(answer => isUnused(reader, answer))
  if (unused.length === answers.length) {
    const others = detected.filter(({ dialect }) => unused.every(one => one.dialect !== dialect))
    const other = yieldingPlan(reader, others, state) ?? begunPlan(reader, settings, state)
    if (other)
      return { ...other, evidence: [other.evidence, ...unused.map(withoutFeature)].join('; ') }
  }
  if (answers.length === 0) throw noPlan(reader, root)
  const [none] = answers.flatMap(({ active }) => ('none' in active ? [active] : []))
  const offered = [misreadPlans(reader), offeredPlans(reader)].filter(text => text !== '').join(' ')
  const remedy = none?.remedy ?? ''
  throw new Refusal(
    'no_feature',
    none?.none ?? 'There is no feature.',
    plansElsewhere(root) || (offered === '' ? remedy : `${offered} Otherwise: ${remedy}`),
  )
}

/** What a dialect says about its active feature. */
interface Answer extends DetectedDialect {
  active: ActiveFeature
}

function answersOf(reader: WorkspaceReader, detected: readonly DetectedDialect[]): Answer[] {
  return detected.map(one => ({ ...one, active: one.dialect.active(reader) }))
}

function possibleChoices({ dialect, evidence, active }: Answer): PossibleChoice[] {
  if ('several' in active) {
    const { several, areFinished: isFinished = false } = active
    return several.map(candidate => ({ dialect, candidate, evidence, isFinished, isOne: false }))
  }
  if (!('found' in active)) return []
  const { found: candidate, isFinished = false, doubt } = active
  const reason = `${evidence}; ${active.evidence}`
  const choice = { dialect, candidate, evidence: reason, isFinished, isOne: true }
  return [{ ...choice, ...(doubt !== undefined && { doubt }) }]
}

/** The only choice, or the only one with open tasks; `undefined` if there is none. Refuses if there are several. */
function chosenOf(choices: readonly PossibleChoice[], state: State): FeatureChoice | undefined {
  const open = choices.filter(({ isFinished }) => !isFinished)
  const [only, ...more] = open.length > 0 ? open : choices
  if (only && more.length === 0 && only.isOne) return only
  // If no feature has an open task, the one that was worked on last is due for validation.
  const latest = open.length === 0 ? lastWorkedOn(state, choices) : undefined
  if (latest) return { ...latest, evidence: `${latest.evidence}; it was worked on last` }
  if (only) throw ambiguousChoice([only, ...more])
  return undefined
}

/** Whether the dialect is set up but has no feature, and nothing refers to a missing one. */
function isUnused(reader: WorkspaceReader, { dialect, active }: Answer): boolean {
  if ('found' in active || ('none' in active && active.isNamed === true)) return false
  return dialect.features(reader).length === 0
}

function withoutFeature({ dialect }: Answer): string {
  return `${dialect.name} has no feature`
}

/** The plan of a dialect that yields. A finished plan counts only if it was worked on. Otherwise the next plan has not been written yet. */
function yieldingPlan(
  reader: WorkspaceReader,
  others: readonly DetectedDialect[],
  state: State,
): FeatureChoice | undefined {
  const choices = answersOf(reader, others).flatMap(possibleChoices)
  const open = choices.filter(({ isFinished }) => !isFinished)
  return open.length > 0 ? chosenOf(open, state) : lastWorkedOn(state, choices)
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

/** The plan that an earlier call named by its file, unless the settings name another dialect. */
function begunPlan(
  reader: WorkspaceReader,
  { dialect }: Pick<Settings, 'dialect'>,
  state: State,
): FeatureChoice | undefined {
  const begun = begunInFile(reader, state)
  if (begun === undefined || (dialect !== 'auto' && dialect !== begun.dialect.name))
    return undefined
  return { ...begun, evidence: `${begun.candidate.tasks} was begun` }
}

/** The detected dialects that a human has named in the settings; if there is none, those that do not yield to others. */
export function decisive<T extends DetectedDialect>(
  reader: WorkspaceReader,
  detected: readonly T[],
): readonly T[] {
  const named = detected.filter(({ dialect }) => dialect.isNamed?.(reader) === true)
  const first = detected.filter(({ dialect }) => dialect.yields !== true)
  return [named, first].find(list => list.length > 0) ?? detected
}

/** The refusal of a workspace in which no dialect is detected. */
export function noPlan(reader: WorkspaceReader, root: string): Refusal {
  const known = dialects.map(({ name }) => name)
  return new Refusal(
    'no_feature',
    `The workspace ${root} has no plan in a known format (${known.join(', ')}), so nothing was done.`,
    plansElsewhere(root) ||
      [misreadPlans(reader), offeredPlans(reader)].filter(text => text !== '').join(' ') ||
      'Write a plan first (for spec-kit: specs/001-name/ with spec.md, plan.md and tasks.md), name the dialect in redgreen.config.json, or start the server in the folder that has the plan.',
  )
}

export const NAME_ONE = 'Nothing was done. Name one of them in the argument `feature`.'
