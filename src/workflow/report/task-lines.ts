import { batchesOf, formatIds } from '../../plan/batches.ts'
import { countOf } from '../../plan/format-list.ts'
import type { Progress } from '../../plan/progress.ts'
import type { Context } from '../context/context.ts'
import { taskStates } from '../context/task-state.ts'
import { failureLine } from '../response/batches.ts'

/** How many tasks are done, with those that were waived, ticked by hand or done in a resumed run. */
export function taskTotals(context: Context, { done, total, waived, claimed }: Progress): string {
  const resumed = resumedTasks(context)
  const notes = [
    ...(waived > 0 ? [`${waived} of them waived`] : []),
    ...(claimed > 0 ? [`${claimed} ticked by hand`] : []),
    ...(resumed > 0 ? [`${resumed} resumed from previous run`] : []),
  ]
  return `${done}/${total} tasks completed${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`
}

/** How many tasks the last server finished if another one had worked before it; 0 if all work was done in one run. */
function resumedTasks({ ledger: { events } }: Context): number {
  const done = events.filter(event => event.kind === 'done')
  const last = done.at(-1)?.by
  const from = events.findIndex(({ by }) => by === last)
  const hasEarlierWork = events.slice(0, from).some(event => 'task' in event)
  // If several servers work at the same time, nothing is resumed.
  const isAlone = events.slice(from).every(event => event.by === last || event.kind !== 'done')
  if (last === undefined || !hasEarlierWork || !isAlone) return 0
  return new Set(done.flatMap(event => (event.by === last ? [event.task] : []))).size
}

/** The number of failed tasks and their batches, then a line for each with the reported error. */
export function failedTaskLines(context: Context): string[] {
  const failed = context.plan.tasks.flatMap(({ id }) =>
    context.histories.get(id)?.failed ? [id] : [],
  )
  if (failed.length === 0) return []
  return [
    `- ✗ ${countOf(failed.length, 'task')} failed (${describeBatches(context, failed)})`,
    ...failed.map(id => `- ${failureLine(context, id)}`),
  ]
}

function describeBatches(context: Context, failed: readonly string[]): string {
  const batches = batchesOf(context.plan).flatMap(batch => {
    const count = batch.filter(id => failed.includes(id)).length
    return count > 0 ? [{ count, name: `in parallel batch ${formatIds(context.plan, batch)}` }] : []
  })
  const alone = failed.length - batches.reduce((sum, { count }) => sum + count, 0)
  const [only, ...others] = batches
  if (only && others.length === 0 && alone === 0)
    return failed.length > 1 ? `all ${only.name}` : only.name
  return [
    ...batches.map(({ count, name }) => `${count} ${name}`),
    ...(alone > 0 ? [`${alone} outside of batches`] : []),
  ].join(', ')
}

/** A warning for each task that was ticked by hand. */
export function unverifiedTaskLines(context: Context): string[] {
  const states = taskStates(context)
  const unverified = context.plan.tasks.filter(({ id }) => states.get(id)?.unverified)
  return unverified.map(({ id, title }) => `- ⚠ ${id} ${title}: ticked by hand, not proven`)
}
