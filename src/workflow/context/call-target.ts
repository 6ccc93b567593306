import { rememberingReader } from '../../dialects/remembering-reader.ts'
import { readSettings } from '../../store/settings.ts'
import { workspaceReader } from '../../store/workspace-reader.ts'
import { readTables } from '../../store/workflow-database.ts'
import type { Call } from './call.ts'
import { chooseFeature } from './choose-feature.ts'
import { callWorkspace } from './context.ts'

/** The feature that a call is about, and how long the caller waits for an answer. */
export interface CallTarget {
  /** Absolute path of the workspace. */
  root: string
  /** The folder of the feature, or its place in a file. It is unique, whereas two dialects may have features of the same id. */
  feature: string
  answerMs: number
}

/** Finds the target of a call before the step starts. Refuses for the same reasons as the step itself. */
export async function callTarget(call: Call): Promise<CallTarget> {
  const { workspace, state } = callWorkspace(call)
  const settings = readSettings(workspace)
  const reader = workspaceReader(workspace, await readTables(workspace))
  const { candidate } = chooseFeature(rememberingReader(reader), settings, call, state)
  const answerMs = settings.limits.answerSeconds * 1000
  return { root: workspace.root, feature: candidate.dir, answerMs }
}
