import { jsonPlanExample } from './example.ts'
import type { Task } from '../../plan/plan.ts'
import type { Dialect, WorkspaceReader } from '../dialect.ts'
import { revertEdits } from '../revert-edits.ts'
import { activeOf } from './active.ts'
import { misreadPlans } from './misread.ts'
import { finishFeatureEdits, completionLocation } from './completion.ts'
import { featuresOf } from './features.ts'
import { productionOf } from './production.ts'
import { readPlan, readPlanFile } from './read.ts'
import { readinessOf } from './readiness.ts'
import { stateEdits } from './states.ts'

/** The dialect of plans in JSON: `docs/plans/2026-01-31-name.json` with `"tasks": [{"id": 1, …, "passes": false}]`. */
export const jsonPlan: Dialect = {
  name: 'json-plan',
  title: 'JSON plan',
  folders: /(?:docs\/)?plans/,
  planFiles: ['**/docs/plans/**/*.json', '**/*prd*.json', '**/feature*list*.json'],
  example: jsonPlanExample,
  detect,
  features: featuresOf,
  active: activeOf,
  misread: misreadPlans,
  read: readPlan,
  readiness: readinessOf,
  start: (reader, plan, task) => stateEdits(readPlanFile(reader, plan.feature.dir), task, 'doing'),
  finish: (reader, plan, task) => stateEdits(readPlanFile(reader, plan.feature.dir), task, 'done'),
  reopen: (reader, plan, task, done) =>
    (done && revertEdits(reader, plan, task, done)) ??
    stateEdits(readPlanFile(reader, plan.feature.dir), task, 'open'),
  production: productionOf,
  completionLocation: completionLocation,
  finishFeature: finishFeatureEdits,
  advice: (_reader, _plan, task) => adviceFor(task),
  planStatus: (reader, { feature }) => readPlanFile(reader, feature.dir).status,
}

function detect(reader: WorkspaceReader): string | undefined {
  const [plan] = featuresOf(reader)
  return plan && `${plan.tasks} exists`
}

function adviceFor({ kind, acceptance, location }: Task): { before: string[]; after: string[] } {
  const tests = kind === 'build' && acceptance.length > 0
  return {
    before: [
      ...(tests ? ['Write tests for what the definition of done requires.'] : []),
      'Change a test with every change of a source file.',
      `If the plan itself should change, inform the user; do not edit ${location.path}.`,
    ],
    after: [],
  }
}
