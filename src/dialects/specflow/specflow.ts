import type { Dialect, WorkspaceReader } from '../dialect.ts'
import { revertEdits } from '../revert-edits.ts'
import { activeOf } from './active.ts'
import { traceOf } from '../task-list/folder-owner.ts'
import { diaryEdits } from './loop-progress.ts'
import { featuresOf } from './feature-folders.ts'
import { featureEdits, finishEdits, reopenEdits, startEdits } from './marking.ts'
import { readPlan } from './read.ts'
import { readinessOf } from './readiness.ts'

/** SpecFlow with its Maestro playbook: `.specify/specs/f-3-locks/tasks.md` with tasks such as `T-1.2`. */
export const specflow: Dialect = {
  name: 'specflow',
  requires: [
    { name: 'spec', cure: 'specflow specify' },
    { name: 'plan', cure: 'specflow plan' },
  ],
  detect,
  features: featuresOf,
  active: activeOf,
  read: readPlan,
  readiness: readinessOf,
  start: startEdits,
  finish: finishEdits,
  reopen: (reader, plan, task, done) =>
    (done && revertEdits(reader, plan, task, done)) ?? reopenEdits(reader, plan, task),
  report: diaryEdits,
  finishFeature: featureEdits,
}

function detect(reader: WorkspaceReader): string | undefined {
  const trace = traceOf(reader)
  if (trace !== undefined) return `${trace} is there`
  const [feature] = featuresOf(reader)
  return feature && `${feature.tasks} has tasks in the manner of SpecFlow`
}
