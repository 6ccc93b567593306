import type { Dialect, Shelf } from '../dialect.ts'
import { takeBack } from '../revert-edits.ts'
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
  readiness: (shelf, plan) => checklistGate(shelf, plan.feature.dir),
  finish: (_shelf, plan, task) => finishEdits(plan, task),
  reopen: (shelf, plan, task, done) =>
    (done && takeBack(shelf, plan, task, done)) ?? reopenEdits(task),
  hooks: hooksOf,
}

function detect(shelf: Shelf): string | undefined {
  const layout = LAYOUT.find(path => shelf.exists(path))
  if (layout !== undefined) return `${layout} is there`
  const [feature] = featuresOf(shelf)
  return feature && `${feature.tasks} is there`
}

const LAYOUT = [
  '.specify/feature.json',
  '.specify/scripts',
  '.specify/templates',
  '.specify/init-options.json',
]
