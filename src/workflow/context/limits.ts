import { usedIn, type Used } from '../../evidence/budget.ts'
import type { Context } from './context.ts'

/** What was used of the limits in this working period. */
export function limitsUsed(context: Pick<Context, 'ledger' | 'settings'>): Used {
  return usedIn(context.ledger.events, context.settings.limits, new Date().toISOString())
}
