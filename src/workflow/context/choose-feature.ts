import path from 'node:path'
import type { Candidate, WorkspaceReader } from '../../dialects/dialect.ts'
import { featureKey, featureNamedBy } from '../../dialects/feature-ids.ts'
import { dialects } from '../../dialects/index.ts'
import type { Settings } from '../../store/settings.ts'
import type { State } from '../../store/state.ts'
import { readTables } from '../../store/workflow-database.ts'
import { workspaceReader } from '../../store/workspace-reader.ts'
import { openWorkspace, toSlashes } from '../../store/workspace.ts'
import type { Call } from './call.ts'
import { Refusal } from './refusal.ts'
import {
  activeFeature,
  decisive,
  NAME_ONE,
  noPlan,
  type DetectedDialect,
  type FeatureChoice,
} from './active-feature.ts'
import { misreadPlan, offeredFiles } from './plans-elsewhere.ts'
import { planInFile, refusalOfFile } from './plans-in-files.ts'
import { countOf } from '../../plan/format-list.ts'

/** The feature that the caller named, or the active one. Refuses if there is none, or if it is ambiguous. */
export function chooseFeature(
  /** Every dialect reads the same folders, so pass a reader that caches. */
  reader: WorkspaceReader,
  settings: Pick<Settings, 'dialect'>,
  call: Call,
  state: State,
): FeatureChoice {
  const detected = detectDialects(reader, settings.dialect, call)
  const choice =
    call.feature === undefined
      ? activeFeature(reader, detected, settings, call, state)
      : namedFeature(reader, detected, call.feature, { ...call, configured: settings.dialect })
  const { rootReason } = call
  return rootReason === undefined
    ? choice
    : { ...choice, evidence: `${choice.evidence}; ${call.root} was chosen because ${rootReason}` }
}

function detectDialects(
  reader: WorkspaceReader,
  configured: string,
  { root, feature }: Call,
): DetectedDialect[] {
  const own = configuredDialect(configured)
  if (own && feature === undefined) return [own]
  const found = dialects.flatMap(dialect => {
    const evidence = dialect.detect(reader)
    return evidence === undefined || dialect === own?.dialect ? [] : [{ dialect, evidence }]
  })
  // A caller may name a plan of another dialect than the one in the settings, except a checklist, which only a human may choose.
  const detected = own ? [own, ...found.filter(({ dialect }) => !dialect.yields)] : found
  // A caller may name a folder that no dialect looks into.
  return detected.length > 0 || feature === undefined
    ? detected
    : folderDialects(reader, relativePath(root, feature))
}

/** The dialect that the settings name; `undefined` if they leave it to the files. */
function configuredDialect(configured: string): DetectedDialect | undefined {
  if (configured === 'auto') return undefined
  const dialect = dialects.find(({ name }) => name === configured)
  if (dialect) return { dialect, evidence: 'the settings name the dialect' }
  const known = dialects.map(({ name }) => name)
  throw new Refusal(
    'plan_invalid',
    `redgreen.config.json names the dialect ${configured}, which this version does not know (${known.join(', ')}).`,
    'No plan was read. Ask a human to correct the settings.',
  )
}

/** The dialects that read the folder which the caller named. */
function folderDialects(reader: WorkspaceReader, folder: string): DetectedDialect[] {
  return dialects.flatMap(dialect => {
    const found = dialect.featureIn?.(reader, folder)
    return found === undefined ? [] : [{ dialect, evidence: `${found.tasks} exists` }]
  })
}

function namedFeature(
  reader: WorkspaceReader,
  detected: readonly DetectedDialect[],
  named: string,
  { root, configured }: { root: string; configured: string },
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
  const isExact = all.some(({ candidate }) => isNamed(candidate, name))
  const inFile = isExact ? undefined : planInFile(reader, name)
  const refusal = inFile && refusalOfFile(inFile, configured, candidates, offeredFiles(reader))
  if (inFile !== undefined && refusal === undefined)
    return { ...inFile, evidence: 'named by the caller' }
  const inFolder = name.includes('/') ? choiceInFolder(reader, detected, name) : undefined
  if (!isExact && inFolder !== undefined) return inFolder
  if (refusal !== undefined) throw refusal
  if (detected.length === 0) throw noPlan(reader, root)
  const own = fitting(
    reader,
    all.filter(({ dialect }) => dialect.name === configured),
    name,
  )
  const matches = own.length > 0 ? own : fitting(reader, all, name)
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
    misreadPlan(reader, name) ??
      (known.length > 0
        ? `Name one of ${known.join(', ')}, or leave \`feature\` out to get the active one.`
        : 'The workspace has no feature yet. Write a plan first.'),
  )
}

/** The features with this exact name; if there is none, those whose names begin with it. */
function fitting(
  reader: WorkspaceReader,
  choices: readonly FeatureChoice[],
  name: string,
): readonly FeatureChoice[] {
  const exact = choices.filter(({ candidate }) => isNamed(candidate, name))
  if (exact.length > 0) return decisive(reader, exact)
  const candidates = choices.map(({ candidate }) => candidate)
  const byId = new Set(featureNamedBy(candidates, name))
  return choices.filter(({ candidate }) => byId.has(candidate))
}

function isNamed(candidate: Candidate, name: string): boolean {
  return candidate.dir === name || candidate.tasks === name || featureKey(candidate) === name
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

function ambiguous(fact: string, candidates: readonly Candidate[]): Refusal {
  const list = candidates.map(candidate => candidate.dir).join(', ')
  return new Refusal('ambiguous_feature', `${fact}: ${list}.`, NAME_ONE)
}

/** The ids of every feature that any dialect finds. */
export async function featureNamesIn(root: string): Promise<string[]> {
  const workspace = openWorkspace(root)
  return workspace ? featureNames(workspaceReader(workspace, await readTables(workspace))) : []
}

/** The same for a reader of the workspace. */
export function featureNames(reader: WorkspaceReader): string[] {
  return dialects
    .filter(dialect => dialect.detect(reader) !== undefined)
    .flatMap(dialect => dialect.features(reader).map(featureKey))
}
