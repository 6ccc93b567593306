import type { Dialect } from '../dialect.ts'
import { finishNumbered, reopenNumbered, startNumbered } from '../numbered-list/marking.ts'
import { featuresAt } from '../numbered-list/place.ts'
import { approvalOf } from './approvals.ts'
import { specWorkflowExample } from './example.ts'
import { PLACE, readPlan } from './read.ts'

/** The dialect of spec-workflow: `.spec-workflow/specs/name/tasks.md` with `- [ ] 1.2 …`, `_Leverage: …_` and `_Prompt: …_`. */
export const specWorkflow: Dialect = {
  name: 'spec-workflow',
  title: 'spec-workflow',
  folders: /\.spec-workflow\/specs/,
  planFiles: ['**/.spec-workflow/specs/**/tasks.md'],
  example: specWorkflowExample,
  requires: [
    { name: 'requirements', remedy: 'with spec-workflow' },
    { name: 'design', remedy: 'with spec-workflow' },
  ],
  ...featuresAt({
    noun: 'spec',
    place: PLACE,
    remedy: 'Write the tasks of a spec with spec-workflow first.',
  }),
  read: readPlan,
  readiness: (reader, plan) => approvalOf(reader, plan.feature.dir),
  start: (_reader, _plan, task) => startNumbered(task),
  finish: (_reader, plan, task) => finishNumbered(plan, task),
  reopen: reopenNumbered,
}
