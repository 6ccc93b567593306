import type { Dialect, Shelf } from '../dialect.ts'
import { takeBack } from '../revert-edits.ts'
import { activeOf } from './active.ts'
import { adviceOn } from './advice.ts'
import { featuresOf, plansIn } from './features.ts'
import { untick } from './marking.ts'
import { questionOf } from './questions.ts'
import { readPlan } from './read.ts'
import { registryPath, rootsOf } from './roots.ts'
import { closingStandards } from './standards.ts'
import {
  finishEdits,
  finishFeatureEdits,
  finishPhaseEdits,
  saysFinished,
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
  reopen: (shelf, plan, task, done) => (done && takeBack(shelf, plan, task, done)) ?? untick(task),
  question: questionOf,
  finishPhase: finishPhaseEdits,
  saysFinished,
  standards: closingStandards,
  finishFeature: finishFeatureEdits,
  advice: adviceOn,
}

function detect(shelf: Shelf): string | undefined {
  for (const root of rootsOf(shelf)) {
    const registry = registryPath(shelf, root)
    if (shelf.exists(registry)) return `${registry} is there`
    const [plan] = plansIn(shelf, root)
    if (plan !== undefined) return `${plan.tasks} is there`
  }
  return undefined
}
