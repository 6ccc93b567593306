import { readSettings } from '../../store/settings.ts'
import { workspaceReader } from '../../store/workspace-reader.ts'
import { readTables } from '../../store/workflow-database.ts'
import type { Call } from './call.ts'
import { chooseFeature } from './choose-feature.ts'
import { callWorkspace } from './context.ts'

/** Which feature a call is about, and how long its caller may be kept waiting. */
export interface CallTarget {
  /** Absolute path of the workspace. */
  root: string
  /** Path of its file of tasks: two ways of writing plans may use the same id. */
  feature: string
  answerMs: number
}

/** Finds out what a call is about, before anything of it is done; refuses as the step itself would. */
export async function callTarget(call: Call): Promise<CallTarget> {
  const { workspace } = callWorkspace(call)
  const settings = readSettings(workspace)
  const reader = workspaceReader(workspace, await readTables(workspace))
  const { candidate } = chooseFeature(reader, settings, call)
  const answerMs = settings.limits.answerSeconds * 1000
  return { root: workspace.root, feature: candidate.tasks, answerMs }
}
