import { dialects } from '../dialects/index.ts'
import { countOf } from '../plan/format-list.ts'
import { readSettings } from '../store/settings.ts'
import { readTables } from '../store/workflow-database.ts'
import { contain } from '../store/workspace.ts'
import { workspaceReader } from '../store/workspace-reader.ts'
import type { Call } from '../workflow/context/call.ts'
import { callWorkspace } from '../workflow/context/context.ts'
import { mapErrors } from '../workflow/context/error-mapping.ts'
import { Refusal } from '../workflow/context/refusal.ts'
import { planEntry } from './settings-entry.ts'
import type { Target } from './targets.ts'

/** A plan that the user names: what reads it, as a sentence, and the entry of the settings that names it, if it needs one. */
export interface NamedPlan {
  note: string
  targets: Target[]
}

/**
 * Looks for the format of a plan that the user names. A file in the folders of a format is found by itself; any other Markdown file
 * with boxes is named in the settings. Refuses a file that no format reads.
 */
export async function planFile(call: Call, named: string): Promise<NamedPlan> {
  const { workspace } = callWorkspace(call)
  const file = contain(workspace, named)
  const reader = workspaceReader(workspace, await readTables(workspace))
  if (!reader.exists(file)) {
    throw new Refusal('no_feature', `There is no file ${file} in the project.`, NOTHING)
  }
  for (const dialect of dialects) {
    const found = dialect.yields
      ? undefined
      : dialect.features(reader).find(one => one.tasks === file)
    if (!found) continue
    return {
      note: `${file} is read as a plan of ${dialect.name}: feature ${found.id}.`,
      targets: [],
    }
  }
  const { dialect: chosen } = await mapErrors(call, async () => readSettings(workspace))
  for (const dialect of dialects) {
    const candidate = dialect.featureInFile?.(reader, file)
    if (!candidate) continue
    if (chosen !== 'auto' && chosen !== dialect.name) throw contradiction(file, chosen)
    const { tasks } = await mapErrors(call, async () => dialect.read(reader, candidate))
    const note = `${file} is read as a plan of ${dialect.name}: ${countOf(tasks.length, 'task')}.`
    return { note, targets: [planEntry(workspace.root, file)] }
  }
  throw new Refusal(
    'no_feature',
    `No supported format reads ${file} (${dialects.map(({ name }) => name).join(', ')}).`,
    `${NOTHING} Name a Markdown file with boxes, see the formats in docs/dialects.md, or start with --example spec-kit.`,
  )
}

function contradiction(file: string, dialect: string): Refusal {
  return new Refusal(
    'plan_invalid',
    `redgreen.config.json names the dialect ${dialect}, and ${file} is not in its folders.`,
    `${NOTHING} Remove "dialect" there, then run the command again.`,
  )
}

const NOTHING = 'Nothing was written.'
