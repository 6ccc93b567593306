import type { Dialect, WorkspaceReader } from '../dialect.ts'
import { revertEdits } from '../revert-edits.ts'
import { activeOf } from './active.ts'
import { adviceOn } from './advice.ts'
import { featuresOf, plansIn } from './features.ts'
import { markOpenEdits } from './marking.ts'
import { questionOf } from './questions.ts'
import { readPlan } from './read.ts'
import { registryPath, rootsOf } from './roots.ts'
import { closingStandards } from './standards.ts'
import {
  finishEdits,
  finishFeatureEdits,
  finishPhaseEdits,
  completionLocation,
  startEdits,
} from './steps.ts'

/**
 * Conductor: a registry of components or tracks, each with spec.md, plan.md and metadata.json. Gemini CLI's conductor
 * keeps boxes in `conductor/tracks.md`, the conductors for Cursor a table in `storage-conductor/tracks.md` and its kin.
 */
export const conductor: Dialect = {
  name: 'conductor',
  detect,
  features: featuresOf,
  active: activeOf,
  read: readPlan,
  readiness: () => ({ ready: true, evidence: 'conductor keeps no approval' }),
  start: startEdits,
  finish: finishEdits,
  reopen: (reader, plan, task, done) =>
    (done && revertEdits(reader, plan, task, done)) ?? markOpenEdits(task),
  question: questionOf,
  finishPhase: finishPhaseEdits,
  completionLocation: completionLocation,
  standards: closingStandards,
  finishFeature: finishFeatureEdits,
  advice: adviceOn,
}

function detect(reader: WorkspaceReader): string | undefined {
  for (const root of rootsOf(reader)) {
    const registry = registryPath(reader, root)
    if (reader.exists(registry)) return `${registry} is there`
    const [plan] = plansIn(reader, root)
    if (plan !== undefined) return `${plan.tasks} is there`
  }
  return undefined
}
