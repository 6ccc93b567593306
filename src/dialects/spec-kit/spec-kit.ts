import type { Dialect, WorkspaceReader } from '../dialect.ts'
import { revertEdits } from '../revert-edits.ts'
import { checklistGate } from './checklists.ts'
import { featuresOf } from './feature-folders.ts'
import { activeOf } from './features.ts'
import { hooksOf } from './hooks.ts'
import { finishEdits, reopenEdits } from '../task-list/marking.ts'
import { readPlan } from './read.ts'

/** GitHub's spec-kit: `specs/001-name/tasks.md` with `- [ ] T001 [P] [US1] …` under phase headings. */
export const specKit: Dialect = {
  name: 'spec-kit',
  requires: [
    { name: 'spec', cure: '/speckit.specify' },
    { name: 'plan', cure: '/speckit.plan' },
  ],
  detect,
  features: featuresOf,
  active: activeOf,
  read: readPlan,
  readiness: (reader, plan) => checklistGate(reader, plan.feature.dir),
  finish: (_reader, plan, task) => finishEdits(plan, task),
  reopen: (reader, plan, task, done) =>
    (done && revertEdits(reader, plan, task, done)) ?? reopenEdits(task),
  hooks: hooksOf,
}

function detect(reader: WorkspaceReader): string | undefined {
  const layout = LAYOUT.find(path => reader.exists(path))
  if (layout !== undefined) return `${layout} is there`
  const [feature] = featuresOf(reader)
  return feature && `${feature.tasks} is there`
}

const LAYOUT = [
  '.specify/feature.json',
  '.specify/scripts',
  '.specify/templates',
  '.specify/init-options.json',
]
