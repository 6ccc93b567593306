import { runUsage, type RunUsage } from '../../evidence/run-limits.ts'
import type { Context } from './context.ts'

/** The full runs and validation attempts that were used in the current working period. */
export function limitsUsed(context: Pick<Context, 'ledger' | 'settings'>): RunUsage {
  return runUsage(context.ledger.events, context.settings.limits, new Date().toISOString())
}
