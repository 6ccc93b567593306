import type { TriedMutant } from '../../evidence/event-parts.ts'
import type { Task } from '../../plan/plan.ts'
import { inCheckout } from '../checkout/checkout.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import { storedSnapshot } from '../testing/snapshots.ts'
import { changedCode } from './changed-code.ts'
import { changedSources } from './changed-sources.ts'
import { mutantRunsIn } from './mutant-runs.ts'
import { provenChange } from './proven-change.ts'
import { TimeBudget } from './time-budget.ts'

/**
 * Tries a recorded change of the code again. The change comes from the sources and not from the ledger, in which anyone could
 * write a change that breaks every test. `undefined` if it is not among the changes of this version, or cannot be tried here.
 */
export async function tryAgain(
  context: Context,
  task: Task,
  tried: TriedMutant,
): Promise<TriedMutant['outcome'] | undefined> {
  const change = provenChange(context, task)
  const snapshot = change && storedSnapshot(change.green)
  const code = change && (await changedCode(context, change, await changedSources(context, change)))
  if (!snapshot || code === undefined || typeof code === 'string') return undefined
  const { file, line, change: what } = tried
  const mutant = code.mutants.find(
    one => one.file === file && one.line === line && one.change === what,
  )
  if (!mutant) return undefined
  const { texts } = code
  const budget = new TimeBudget(context.settings.limits.timeoutSeconds * 1000)
  try {
    return await inCheckout(
      context,
      snapshot,
      () => false,
      async checkout => {
        const runs = mutantRunsIn(context, change, {
          checkout,
          texts,
          budget,
          owed: new TimeBudget(0),
        })
        const outcome = await runs.run(file, mutant.text, false)
        return outcome === 'survived' || (await runs.isReliable()) ? outcome : undefined
      },
    )
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}
