import type { Task } from '../../plan/plan.ts'
import type { Context } from '../context/context.ts'
import { reloadLedger } from '../context/reload-context.ts'
import { record } from '../context/record.ts'
import { withTransaction } from '../context/transaction.ts'
import { keepWeak } from './earlier-verdict.ts'
import { mutationResult } from './mutation-result.ts'
import { provenChange } from './proven-change.ts'

/**
 * After the GREEN of a task that builds something or tests existing code: changes the code that the task wrote or covers, in a temporary
 * checkout, and records whether a test of the task notices it. Does nothing if that is recorded already, or turned off. Returns the context with what was recorded.
 */
export async function checkMutations(context: Context, task: Task): Promise<Context> {
  const { settings, call } = context
  const { mutation } = context.histories.get(task.id) ?? {}
  if (!KINDS.has(task.kind) || !settings.bite || mutation?.settings === settings.hash)
    return context
  const change = provenChange(context, task)
  if (!change) return context
  const { green } = change
  const result = keepWeak(context, green, await mutationResult(context, change, settings.bite))
  // Which code the tests cover is not always known.
  if (task.kind === 'cover' && result.verdict === 'not-checked') return context
  await withTransaction(call, async now => {
    const history = now.histories.get(task.id)
    // Another call recorded a newer GREEN, or the same check.
    if (history?.green?.hash !== green.hash || history.mutation?.hash !== mutation?.hash) return
    await record(now, {
      kind: 'mutation',
      task: task.id,
      settings: settings.hash,
      green: green.hash,
      ...result,
    })
  })
  return reloadLedger(context)
}

const KINDS: ReadonlySet<Task['kind']> = new Set(['build', 'cover'])
