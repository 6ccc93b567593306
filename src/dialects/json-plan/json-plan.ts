import type { Task } from '../../plan/plan.ts'
import type { Dialect, Shelf } from '../dialect.ts'
import { takeBack } from '../revert-edits.ts'
import { activeOf } from './active.ts'
import { finishFeatureEdits, saysFinished } from './completion.ts'
import { featuresOf } from './plan-files.ts'
import { productionOf } from './production.ts'
import { readPlan, shapeIn } from './read.ts'
import { readinessOf } from './readiness.ts'
import { passesEdits } from './states.ts'

/** Plans in JSON: `docs/plans/2026-01-31-name.json` with `"tasks": [{"id": 1, …, "passes": false}]`. */
export const jsonPlan: Dialect = {
  name: 'json-plan',
  detect,
  features: featuresOf,
  active: activeOf,
  read: readPlan,
  readiness: readinessOf,
  finish: (_shelf, _plan, task) => passesEdits(task, true),
  reopen: (shelf, plan, task, done) =>
    (done && takeBack(shelf, plan, task, done)) ?? passesEdits(task, false),
  production: productionOf,
  saysFinished,
  finishFeature: finishFeatureEdits,
  advice: (_shelf, _plan, task) => adviceFor(task),
  planStatus: (shelf, { feature }) => shapeIn(shelf, feature.dir).status,
}

function detect(shelf: Shelf): string | undefined {
  const [plan] = featuresOf(shelf)
  return plan && `${plan.tasks} is there`
}

function adviceFor({ kind, acceptance, location }: Task): { before: string[]; after: string[] } {
  const tests = kind === 'build' && acceptance.length > 0
  return {
    before: [
      ...(tests ? ['The tests say what the definition of done asks for.'] : []),
      'Every change of a source file comes with a change of a test.',
      `What the plan should say differently is told to the user, not changed in ${location.path}.`,
    ],
    after: [],
  }
}
