import type { EventBody } from '../../evidence/event.ts'
import type { Task } from '../../plan/plan.ts'
import { readClaims, type Claim, type ClaimBook } from '../../store/leases/lease-table.ts'
import { claimOn, formerClaim, takeClaim } from '../../store/leases/leases.ts'
import { isOver, thisMoment } from '../../store/leases/expiry.ts'
import { Overtaken } from '../../store/transaction/sequence.ts'
import { wordFor, type Desk } from './context.ts'

/**
 * Takes a task for whoever calls. Throws `Overtaken` when any claim changed since the desk was read: it may have been on
 * this task, or on one that names the same file. Call it inside `atDesk` only, before anything is recorded.
 */
export function takeTask(desk: Desk, task: Task): void {
  desk.book = claim(desk, desk.book, task)
}

/** Whoever does something about a task is at work on it: the lease begins anew, unless somebody else has it by now. */
export function keepTask(desk: Desk, task: Task): void {
  const book = readClaims(desk.state)
  const known = claimOn(book, desk.plan.feature.id, task.id)
  if (known && known.holder.id !== desk.call.holder.id) return
  try {
    desk.book = claim(desk, book, task)
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error
    keepTask(desk, task)
  }
}

/** Somebody else's claim on a task that binds nobody any more. */
export function formerHolder(desk: Desk, task: Task): Claim | undefined {
  const former = formerClaim(desk.book, desk.plan.feature.id, task.id, thisMoment())
  return former?.holder.id === desk.call.holder.id ? undefined : former
}

/** The event that tells from whom a task was taken over. */
export function releaseOf(task: Task, former: Claim): EventBody {
  const { holder, since } = former
  const why = isOver(former, thisMoment()) ? 'expired' : 'gone'
  return { kind: 'released', task: task.id, from: wordFor(holder), since, why }
}

function claim(desk: Desk, book: ClaimBook, task: Task): ClaimBook {
  const { state, plan, call, settings } = desk
  return takeClaim(state, book, {
    feature: plan.feature.id,
    task: task.id,
    // A folder is where tasks work side by side.
    files: task.files.filter(file => !file.endsWith('/')),
    by: call.holder,
    now: thisMoment(),
    leaseMinutes: settings.limits.leaseMinutes,
  })
}
