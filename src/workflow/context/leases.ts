import type { EventBody } from '../../evidence/event.ts'
import type { Task } from '../../plan/plan.ts'
import { StoreUnreachable } from '../../store/coordinator/coordinator.ts'
import { releaseLease } from '../../store/leases/end-lease.ts'
import type { LeaseEntry, LeaseTable } from '../../store/leases/lease-table.ts'
import {
  findLease,
  isJustTaken,
  previousLease,
  takeLease,
  type LeaseRequest,
} from '../../store/leases/leases.ts'
import { isExpired } from '../../store/leases/expiry.ts'
import { Overtaken } from '../../store/transaction/sequence.ts'
import type { Context } from './context.ts'
import { holderTag } from './record.ts'

/**
 * Takes the lease on a task for the caller. Throws `Overtaken` if any lease changed since the context was loaded: it may
 * be on this task, or on a task that names the same file. Call it inside `withTransaction`, before anything is recorded.
 */
export async function acquireLease(context: Context, task: Task): Promise<void> {
  context.leaseTable = await take(context, task)
}

/** Starts the caller's lease on a task anew, because the caller works on it. Does nothing if somebody else has taken it meanwhile. */
export async function renewLease(context: Context, task: Task): Promise<void> {
  const current = findLease(context.leaseTable, context.key, task.id)
  if (current && current.holder.id !== context.call.holder.id && !isLeft(context, task)) return
  try {
    context.leaseTable = await take(context, task)
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error
    context.leaseTable = await context.coordinator.leases()
    await renewLease(context, task)
  }
}

/** Other clones cannot see that a session of this clone has ended. So a session that continues the task takes over its lease. */
function isLeft(context: Context, task: Task): boolean {
  return context.coordinator.clone !== undefined && previousHolder(context, task) !== undefined
}

/** Renews the caller's lease if it has been idle, because a refused step is work as well. */
export async function showActivity(context: Context, task: Task): Promise<void> {
  const { active, holder } = findLease(context.leaseTable, context.key, task.id) ?? {}
  const isIdle = active !== undefined && Date.now() - Date.parse(active) > IDLE_MS
  if (isIdle && holder?.id === context.call.holder.id) await renewLease(context, task)
}

/** The lease is not renewed at every step, because every change of a lease is written to disk. */
const IDLE_MS = 60_000

/** Another holder's lease on a task, if it is no longer valid. */
export function previousHolder(context: Context, task: Task): LeaseEntry | undefined {
  const previous = previousLease(
    context.leaseTable,
    context.key,
    task.id,
    context.coordinator.clocks(),
  )
  return previous?.holder.id === context.call.holder.id ? undefined : previous
}

/** The event that records from whom a task was taken over. */
export function releaseEvent(
  { coordinator }: Context,
  task: Task,
  previous: LeaseEntry,
): EventBody {
  const { holder, since } = previous
  const why = isExpired(previous, coordinator.clocks()) ? 'expired' : 'gone'
  return { kind: 'released', task: task.id, from: holderTag(holder), since, why }
}

/** Releases the task of the caller, whose result is recorded. If a shared store cannot be reached any more, the lease ends by itself. */
export async function leaveTask(context: Context, task: Task): Promise<LeaseTable> {
  const { coordinator, key, call } = context
  try {
    return await releaseLease(coordinator, key, task.id, call.holder)
  } catch (error) {
    if (!(error instanceof StoreUnreachable)) throw error
    return context.leaseTable
  }
}

/** True if the lease of the caller needs no renewal yet. */
export function isLeaseFresh(context: Context, task: Task): boolean {
  return isJustTaken(context.coordinator, context.leaseTable, requestFor(context, task))
}

function take(context: Context, task: Task): Promise<LeaseTable> {
  return takeLease(context.coordinator, context.leaseTable, requestFor(context, task))
}

function requestFor({ key, call, settings, coordinator }: Context, task: Task): LeaseRequest {
  return {
    feature: key,
    task: task.id,
    // Several tasks may work in one folder at the same time, so a folder is not reserved.
    files: task.files.filter(file => !file.endsWith('/')),
    by: call.holder,
    now: coordinator.clocks(),
    leaseMinutes: settings.limits.leaseMinutes,
  }
}
