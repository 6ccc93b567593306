import type { Task } from '../plan/plan.ts'
import { waiting } from '../plan/order.ts'
import { dropClaim } from '../store/leases/leases.ts'
import type { Call, Next } from './context/call.ts'
import { record, reread, taskOf, type Desk } from './context/context.ts'
import { atDesk } from './context/transaction.ts'
import { refuseLate, refuseOthersClaim } from './guards/may-move.ts'
import { batchEnd } from './response/batches.ts'
import { callFor } from './response/next-step.ts'
import { Refusal } from './context/refusal.ts'
import { haltReport, type FailureRequest } from './response/halt-report.ts'
import { situationOf } from './context/schedule-state.ts'
import { standingsOf } from './context/task-state.ts'

export interface Failure {
  task: string
  /** `halted`: nothing starts until it is mended; `continues`: the other parallel tasks go on. */
  effect: 'halted' | 'continues'
  /** Tasks that cannot start because of it. */
  blocked: string[]
  report: string
  /** What is over with it: its batch, or its phase. */
  messages: string[]
  next: Next
}

/** Records that a task cannot be finished for now, and says whether the others may go on. */
export async function reportFailure(call: Call, request: FailureRequest): Promise<Failure> {
  return atDesk(call, async desk => {
    const task = taskOf(desk, request.task)
    refuseUnfit(desk, task)
    const effect = effectOf(desk, task)
    record(desk, {
      kind: 'failed',
      task: task.id,
      error: request.error,
      files: request.files ?? [],
      effect,
      ...(request.cause !== undefined && { cause: request.cause }),
    })
    dropClaim(desk.state, desk.plan.feature.id, task.id, call.holder)
    return answer(await reread(desk), task, request, effect)
  })
}

function refuseUnfit(desk: Desk, task: Task): void {
  const standing = standingsOf(desk).get(task.id)
  if (!standing || standing.stage === 'done' || !standing.history.start) {
    throw new Refusal(
      'wrong_stage',
      `${task.id} ${standing?.stage === 'done' ? 'is done' : 'has not been started'}, so no failure was recorded.`,
      `To get the task that is due, ${desk.call.surface.tell('next_task')}.`,
    )
  }
  refuseOthersClaim(desk, task, standing)
  refuseLate(desk, task)
}

/** In set-up even a parallel task halts: nothing works without it. */
function effectOf({ plan }: Desk, task: Task): 'halted' | 'continues' {
  const phase = plan.phases.find(({ name }) => name === task.phase)
  return task.parallel && phase?.category !== 'setup' ? 'continues' : 'halted'
}

function answer(
  desk: Desk,
  task: Task,
  request: FailureRequest,
  effect: 'halted' | 'continues',
): Failure {
  const blocked = waiting(desk.plan, situationOf(desk)).map(({ id }) => id)
  const { surface } = desk.call
  const next =
    effect === 'halted'
      ? callFor(surface, 'next_task', { task: task.id }, `Mend what stopped ${task.id}.`)
      : callFor(surface, 'next_task', {}, 'The other tasks go on.')
  return {
    task: task.id,
    effect,
    blocked: blocked.slice(0, 20),
    report: haltReport(desk, task, request, effect, blocked),
    messages: effect === 'halted' ? [] : batchEnd(desk, task),
    next,
  }
}
