import type { Call } from './call.ts'
import { findFeature, keepChosen } from './chosen-feature.ts'
import { callWorkspace } from './call-workspace.ts'

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
  const chosen = await findFeature(call, callWorkspace(call).workspace)
  keepChosen(call, chosen)
  const { workspace, settings, choice } = chosen
  const answerMs = settings.limits.answerSeconds * 1000
  return { root: workspace.root, feature: choice.candidate.dir, answerMs }
}
