import { specflowExample } from './example.ts'
import type { Dialect, WorkspaceReader } from '../dialect.ts'
import { revertEdits } from '../revert-edits.ts'
import { activeOf } from './active.ts'
import { specflowTrace } from '../task-list/folder-owner.ts'
import { loopProgressEdits, writtenTestsEdits } from './loop-progress.ts'
import { featuresOf } from './features.ts'
import { finishFeatureEdits, finishEdits, reopenEdits, startEdits } from './marking.ts'
import { readPlan } from './read.ts'
import { readinessOf } from './readiness.ts'

/** The dialect of SpecFlow with its Maestro playbook: `.specify/specs/f-3-locks/tasks.md` with tasks such as `T-1.2`. */
export const specflow: Dialect = {
  name: 'specflow',
  title: 'SpecFlow',
  folders: /\.specflow|\.maestro|\.specify/,
  planFiles: ['**/.specflow/**/tasks.md', '**/.specify/**/tasks.md'],
  example: specflowExample,
  requires: [
    { name: 'spec', remedy: 'specflow specify' },
    { name: 'plan', remedy: 'specflow plan' },
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
  report: loopProgressEdits,
  reportTests: writtenTestsEdits,
  finishFeature: finishFeatureEdits,
}

function detect(reader: WorkspaceReader): string | undefined {
  const trace = specflowTrace(reader)
  if (trace !== undefined) return `${trace} exists`
  const [feature] = featuresOf(reader)
  return feature && `${feature.tasks} has tasks in SpecFlow's format`
}
