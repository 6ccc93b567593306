import { ready } from '../plan/order.ts'
import { loadContext } from '../workflow/context/load-context.ts'
import { scheduleState } from '../workflow/context/schedule-state.ts'
import { overviewOf } from '../workflow/overview.ts'
import { pageCall, type Place } from './page-call.ts'
import { taskRow } from './task-row.ts'
import type { FeatureView } from './wire.ts'

/** The plan of a feature with the state of every task. */
export async function featureView(place: Place, signal: AbortSignal): Promise<FeatureView> {
  const context = await loadContext(pageCall(place, signal))
  const { feature, progress, halted, problems, tasks } = await overviewOf(context)
  const due = new Set(ready(context.plan, scheduleState(context)))
  const { id, title, dialect, evidence } = feature
  return {
    key: context.key,
    id,
    title,
    dialect,
    evidence,
    progress,
    halted: halted && `${halted.task} failed: ${halted.error}`,
    problems: problems.map(({ path, line, text }) => `${path}:${line} ${text}`),
    documents: context.plan.documents,
    tasks: tasks.map(task => taskRow(task, due.has(task.id))),
  }
}
