import { usedIn, type Used } from '../../evidence/budget.ts'
import type { Context } from './context.ts'

/** The full runs and validation attempts that were used in the current working period. */
export function limitsUsed(context: Pick<Context, 'ledger' | 'settings'>): Used {
  return usedIn(context.ledger.events, context.settings.limits, new Date().toISOString())
}
