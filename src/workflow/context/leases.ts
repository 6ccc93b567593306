import type { EventBody } from '../../evidence/event.ts'
import type { Task } from '../../plan/plan.ts'
import { readLeases, type LeaseEntry, type LeaseTable } from '../../store/leases/lease-table.ts'
import { leaseOn, previousLease, takeLease } from '../../store/leases/leases.ts'
import { isExpired, readClocks } from '../../store/leases/expiry.ts'
import { Overtaken } from '../../store/transaction/sequence.ts'
import { holderTag, type Context } from './context.ts'

/**
 * Takes a task for whoever calls. Throws `Overtaken` when any claim changed since the desk was read: it may have been on
 * this task, or on one that names the same file. Call it inside `atDesk` only, before anything is recorded.
 */
export function acquireLease(context: Context, task: Task): void {
  context.leaseTable = claim(context, context.leaseTable, task)
}

/** Whoever does something about a task is at work on it: the lease begins anew, unless somebody else has it by now. */
export function renewLease(context: Context, task: Task): void {
  const book = readLeases(context.state)
  const known = leaseOn(book, context.plan.feature.id, task.id)
  if (known && known.holder.id !== context.call.holder.id) return
  try {
    context.leaseTable = claim(context, book, task)
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error
    renewLease(context, task)
  }
}

/** Somebody else's claim on a task that binds nobody any more. */
export function previousHolder(context: Context, task: Task): LeaseEntry | undefined {
  const former = previousLease(context.leaseTable, context.plan.feature.id, task.id, readClocks())
  return former?.holder.id === context.call.holder.id ? undefined : former
}

/** The event that tells from whom a task was taken over. */
export function releaseEvent(task: Task, former: LeaseEntry): EventBody {
  const { holder, since } = former
  const why = isExpired(former, readClocks()) ? 'expired' : 'gone'
  return { kind: 'released', task: task.id, from: holderTag(holder), since, why }
}

function claim(context: Context, book: LeaseTable, task: Task): LeaseTable {
  const { state, plan, call, settings } = context
  return takeLease(state, book, {
    feature: plan.feature.id,
    task: task.id,
    // A folder is where tasks work side by side.
    files: task.files.filter(file => !file.endsWith('/')),
    by: call.holder,
    now: readClocks(),
    leaseMinutes: settings.limits.leaseMinutes,
  })
}
