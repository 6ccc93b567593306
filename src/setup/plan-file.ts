import { dialects } from '../dialects/index.ts'
import { readTables } from '../store/workflow-database.ts'
import { contain } from '../store/workspace.ts'
import { workspaceReader } from '../store/workspace-reader.ts'
import type { Call } from '../workflow/context/call.ts'
import { callWorkspace } from '../workflow/context/context.ts'
import { Refusal } from '../workflow/context/refusal.ts'

/** What reads a plan that the user names, as a sentence. Refuses a file that no format reads. */
export async function planFile(call: Call, named: string): Promise<string> {
  const { workspace } = callWorkspace(call)
  const file = contain(workspace, named)
  const reader = workspaceReader(workspace, await readTables(workspace))
  if (!reader.exists(file)) {
    throw new Refusal('no_feature', `There is no file ${file} in the project.`, NOTHING)
  }
  for (const dialect of dialects) {
    const found = dialect.features(reader).find(({ tasks }) => tasks === file)
    if (found) return `${file} is read as a plan of ${dialect.name}: feature ${found.id}.`
  }
  throw new Refusal(
    'no_feature',
    `No supported format reads ${file} (${dialects.map(({ name }) => name).join(', ')}).`,
    `${NOTHING} See the formats in docs/dialects.md, or start with --example spec-kit.`,
  )
}

const NOTHING = 'Nothing was written.'
