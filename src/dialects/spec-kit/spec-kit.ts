import { specKitExample } from './example.ts'
import type { Dialect, WorkspaceReader } from '../dialect.ts'
import { revertEdits } from '../revert-edits.ts'
import { checklistReadiness } from './checklists.ts'
import { featuresOf } from './features.ts'
import { featureIn } from './project.ts'
import { activeOf } from './active.ts'
import { hooksOf } from './hooks.ts'
import { boxState, markDoneEdits, markOpenEdits } from '../task-list/marking.ts'
import { readPlan } from './read.ts'

/** The dialect of GitHub's spec-kit: `specs/001-name/tasks.md` with `- [ ] T001 [P] [US1] …` under phase headings. */
export const specKit: Dialect = {
  name: 'spec-kit',
  title: 'spec-kit',
  folders: /(?:docs\/)?\.?specs|\.specify/,
  planFiles: ['**/specs/**/tasks.md', '**/.specs/**/tasks.md'],
  example: specKitExample,
  requires: [
    { name: 'spec', remedy: '/speckit.specify' },
    { name: 'plan', remedy: '/speckit.plan' },
  ],
  detect,
  features: featuresOf,
  featureIn,
  active: activeOf,
  read: readPlan,
  markState: boxState,
  readiness: (reader, plan) => checklistReadiness(reader, plan.feature.dir),
  finish: (_reader, plan, task) => markDoneEdits(plan, task),
  reopen: (reader, plan, task, done) =>
    (done && revertEdits(reader, plan, task, done)) ?? markOpenEdits(task),
  hooks: hooksOf,
}

function detect(reader: WorkspaceReader): string | undefined {
  const layout = LAYOUT.find(path => reader.exists(path))
  if (layout !== undefined) return `${layout} exists`
  const [feature] = featuresOf(reader)
  return feature && `${feature.tasks} exists`
}

const LAYOUT = [
  '.specify/feature.json',
  '.specify/scripts',
  '.specify/templates',
  '.specify/init-options.json',
]
