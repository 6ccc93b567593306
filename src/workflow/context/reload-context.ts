import type { LeaseTable } from '../../store/leases/lease-table.ts'
import { eventFields, leaseFields, readEvents, readPlan } from './context-fields.ts'
import type { Context } from './context.ts'

/** The context with the plan as its files are now. Call it after a write to them. */
export function reloadPlan(context: Context): Context {
  // The marks of the plan decide which work of other clones is here, so the ledger has to be read again too.
  if (context.coordinator.clone !== undefined) return reloadFiles(context)
  return { ...context, ...readPlan(context, context.ledger) }
}

/** The context with the ledger as it is now. Call it after recording an event. */
export function reloadLedger(context: Context): Context {
  return { ...context, ...eventFields(context, context, readEvents(context)) }
}

/** The context with these leases. */
export function withLeases(context: Context, leaseTable: LeaseTable): Context {
  return { ...context, ...leaseFields(context, leaseTable) }
}

/** The context with plan, ledger and leases as they are now. */
export async function refresh(context: Context): Promise<Context> {
  const leaseTable = await context.coordinator.leases()
  return withLeases(reloadFiles(context), leaseTable)
}

/** The context with plan and ledger as their files are now. */
export function reloadFiles(context: Context): Context {
  const ledger = readEvents(context)
  const plan = readPlan(context, ledger)
  const events = eventFields(context, plan, ledger)
  const now = { ...context, ...plan, ...events }
  return withLeases(now, context.leaseTable)
}
