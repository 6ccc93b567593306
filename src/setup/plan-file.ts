import type { Candidate, Dialect, WorkspaceReader } from '../dialects/dialect.ts'
import { dialects } from '../dialects/index.ts'
import { countOf, formatList } from '../plan/format-list.ts'
import { readSettings, type Settings } from '../store/settings.ts'
import { readTables } from '../store/workflow-database.ts'
import { contain } from '../store/workspace.ts'
import { workspaceReader } from '../store/workspace-reader.ts'
import type { Call } from '../workflow/context/call.ts'
import { callWorkspace } from '../workflow/context/call-workspace.ts'
import { mapErrors } from '../workflow/context/error-mapping.ts'
import { Refusal } from '../workflow/context/refusal.ts'
import { dialectEntry, planEntry } from './settings-entry.ts'
import type { Target } from './targets.ts'

/** A plan that the user names: what reads it, as a sentence, and the entry of the settings that names it, if it needs one. */
export interface NamedPlan {
  note: string
  targets: Target[]
  /** Relative to the project, unless a format finds it by itself. */
  file?: string
}

/**
 * Looks for the format of a plan that the user names by its file or folder. A plan in the folders of a format is found by itself; if
 * there are plans of other formats, the settings get the dialect. Any other Markdown file with boxes is named in the settings.
 * Refuses what no format reads.
 */
export async function planFile(call: Call, named: string): Promise<NamedPlan> {
  const { workspace } = callWorkspace(call)
  const file = contain(workspace, named)
  const reader = workspaceReader(workspace, await readTables(workspace))
  if (!reader.exists(file)) {
    throw new Refusal('no_feature', `There is no file ${file} in the project.`, NOTHING)
  }
  const settings = await mapErrors(call, async () => readSettings(workspace))
  const found = foundAt(reader, file)
  if (found) {
    const ids = formatList(
      found.features.map(({ id }) => id),
      MAX_NAMED,
    )
    const what = found.features.length === 1 ? 'feature' : 'features'
    const note = `${file} is read in the format ${found.dialect.name}: ${what} ${ids}.`
    return { note, targets: choiceTargets(workspace.root, reader, found.dialect, file, settings) }
  }
  for (const dialect of dialects) {
    const candidate = dialect.featureInFile?.(reader, file)
    if (!candidate) continue
    if (settings.dialect !== 'auto' && settings.dialect !== dialect.name)
      throw contradiction(file, `"dialect": "${settings.dialect}"`)
    const { tasks } = await mapErrors(call, async () => dialect.read(reader, candidate))
    const note = `${file} is read in the format ${dialect.name}: ${countOf(tasks.length, 'task')}.`
    return { note, targets: [planEntry(workspace.root, file)], file }
  }
  throw new Refusal(
    'no_feature',
    `No supported format reads ${file} (${dialects.map(({ name }) => name).join(', ')}).`,
    `${NOTHING} Name a Markdown file with boxes, see the formats in docs/dialects.md, or start with --example spec-kit.`,
  )
}

interface FoundPlans {
  dialect: Dialect
  features: Candidate[]
}

/** The features that have this file or folder, else those in the folder, if they are all of one dialect. */
function foundAt(reader: WorkspaceReader, file: string): FoundPlans | undefined {
  const all = dialects
    .filter(({ yields }) => yields !== true)
    .map(dialect => ({ dialect, features: dialect.features(reader) }))
  const within = (isAt: (one: Candidate) => boolean) =>
    all
      .map(({ dialect, features }) => ({ dialect, features: features.filter(isAt) }))
      .filter(({ features }) => features.length > 0)
  const [exact] = within(({ dir, tasks }) => tasks === file || dir === file)
  const [below, ...others] = within(({ tasks }) => tasks.startsWith(`${file}/`))
  return exact ?? (others.length === 0 ? below : undefined)
}

/** The dialect as an entry of the settings, if the project has plans of others. */
function choiceTargets(
  root: string,
  reader: WorkspaceReader,
  dialect: Dialect,
  file: string,
  settings: Pick<Settings, 'dialect' | 'plan'>,
): Target[] {
  if (settings.plan !== undefined) throw contradiction(file, `"plan": "${settings.plan}"`)
  if (settings.dialect === dialect.name) return []
  if (settings.dialect !== 'auto') throw contradiction(file, `"dialect": "${settings.dialect}"`)
  const others = dialects.filter(
    other => other !== dialect && other.yields !== true && other.features(reader).length > 0,
  )
  return others.length === 0 ? [] : [dialectEntry(root, dialect.name)]
}

function contradiction(file: string, entry: string): Refusal {
  return new Refusal(
    'plan_invalid',
    `redgreen.config.json has ${entry}, which is another plan than ${file}.`,
    `${NOTHING} Remove this entry there, then run the command again.`,
  )
}

const NOTHING = 'Nothing was written.'
const MAX_NAMED = 5
