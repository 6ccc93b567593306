import { usedIn, type Used } from '../../evidence/budget.ts'
import type { Desk } from './context.ts'

/** What was used of the limits in this working period. */
export function usedNow(desk: Pick<Desk, 'ledger' | 'settings'>): Used {
  return usedIn(desk.ledger.events, desk.settings.limits, new Date().toISOString())
}
