import type { Dialect, WorkspaceReader } from '../dialect.ts'
import { checklistExample } from './example.ts'
import { activeOf, featureInFile, featuresOf, offeredPlans, plansWithoutTasks } from './features.ts'
import { finishEntry, reopenEntry } from './marking.ts'
import { SETTINGS_FILE } from '../../plan/settings-file.ts'
import { namedPlan } from './named-plan.ts'
import { readPlan } from './read.ts'

/** The dialect of any Markdown file that a human names: its boxes are tasks. The plans of superpowers are found by their folder. */
export const checklist: Dialect = {
  name: 'checklist',
  title: 'Markdown checklist',
  folders: /docs\/superpowers\/plans/,
  planFiles: ['**/docs/superpowers/plans/*.md'],
  example: checklistExample,
  detect,
  isNamed: reader => namedPlan(reader) !== undefined,
  yields: true,
  features: featuresOf,
  active: activeOf,
  featureInFile,
  offers: offeredPlans,
  lacksTasks: plansWithoutTasks,
  read: readPlan,
  finish: (_reader, plan, task) => finishEntry(plan, task),
  reopen: reopenEntry,
}

function detect(reader: WorkspaceReader): string | undefined {
  if (namedPlan(reader) !== undefined) return `${SETTINGS_FILE} names a plan`
  const [plan] = featuresOf(reader)
  return plan && `${plan.tasks} exists`
}
