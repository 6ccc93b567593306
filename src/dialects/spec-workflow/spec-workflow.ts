import type { Dialect, WorkspaceReader } from '../dialect.ts'
import { activeAmong } from '../numbered-list/active.ts'
import { featuresIn } from '../numbered-list/features.ts'
import { finishNumbered, reopenNumbered, startNumbered } from '../numbered-list/marking.ts'
import { approvalOf } from './approvals.ts'
import { specWorkflowExample } from './example.ts'
import { PLACE, readPlan } from './read.ts'

/** The dialect of spec-workflow: `.spec-workflow/specs/name/tasks.md` with `- [ ] 1.2 …`, `_Leverage: …_` and `_Prompt: …_`. */
export const specWorkflow: Dialect = {
  name: 'spec-workflow',
  title: 'spec-workflow',
  folders: /\.spec-workflow\/specs/,
  example: specWorkflowExample,
  requires: [
    { name: 'requirements', remedy: 'with spec-workflow' },
    { name: 'design', remedy: 'with spec-workflow' },
  ],
  detect: reader => {
    const [feature] = featuresOf(reader)
    return feature && `${feature.tasks} exists`
  },
  features: featuresOf,
  active: reader => activeAmong(reader, featuresOf(reader), WORDS),
  read: readPlan,
  readiness: (reader, plan) => approvalOf(reader, plan.feature.dir),
  start: (_reader, _plan, task) => startNumbered(task),
  finish: (_reader, plan, task) => finishNumbered(plan, task),
  reopen: reopenNumbered,
}

function featuresOf(reader: WorkspaceReader) {
  return featuresIn(reader, PLACE)
}

const WORDS = {
  noun: 'spec',
  place: PLACE,
  remedy: 'Write the tasks of a spec with spec-workflow first.',
}
