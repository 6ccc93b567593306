import { conductorExample } from './example.ts'
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
 * The dialect of the conductor family: a registry of components or tracks, each with spec.md, plan.md and metadata.json.
 * Gemini CLI's conductor has a list with boxes in `conductor/tracks.md`; the conductors for Cursor have a table in files
 * such as `storage-conductor/tracks.md`.
 */
export const conductor: Dialect = {
  name: 'conductor',
  title: 'conductor',
  folders: /\.?[\w-]*conductor/,
  planFiles: ['**/*conductor/**/*.md', '**/*conductor/**/metadata.json'],
  example: conductorExample,
  detect,
  features: featuresOf,
  active: activeOf,
  read: readPlan,
  readiness: () => ({ ready: true, evidence: 'conductor has no approval' }),
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
    if (reader.exists(registry)) return `${registry} exists`
    const [plan] = plansIn(reader, root)
    if (plan !== undefined) return `${plan.tasks} exists`
  }
  return undefined
}
