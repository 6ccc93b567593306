import { batchesOf, formatIds } from '../../plan/batches.ts'
import { failureLine } from '../response/batches.ts'
import type { Context } from '../context/context.ts'
import { many } from '../response/messages.ts'

/** How many tasks failed and in which batch, then each with what was reported of it. */
export function failedTasks(context: Context): string[] {
  const failed = context.plan.tasks.flatMap(({ id }) =>
    context.histories.get(id)?.failed ? [id] : [],
  )
  if (failed.length === 0) return []
  return [
    `- ✗ ${many(failed.length, 'task')} failed (${places(context, failed)})`,
    ...failed.map(id => `- ${failureLine(context, id)}`),
  ]
}

function places(context: Context, failed: readonly string[]): string {
  const batches = batchesOf(context.plan).flatMap(batch => {
    const own = batch.filter(id => failed.includes(id)).length
    return own > 0 ? [{ own, name: `in parallel batch ${formatIds(context.plan, batch)}` }] : []
  })
  const alone = failed.length - batches.reduce((sum, { own }) => sum + own, 0)
  const [only, ...others] = batches
  if (only && others.length === 0 && alone === 0)
    return failed.length > 1 ? `all ${only.name}` : only.name
  return [
    ...batches.map(({ own, name }) => `${own} ${name}`),
    ...(alone > 0 ? [`${alone} outside of batches`] : []),
  ].join(', ')
}
