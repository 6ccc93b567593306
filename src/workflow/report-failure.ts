import type { Task } from '../plan/plan.ts'
import { waiting } from '../plan/order.ts'
import { leaveTask } from './context/leases.ts'
import type { Call, NextStep } from './context/call.ts'
import type { Context } from './context/context.ts'
import { reloadLedger, withLeases } from './context/reload-context.ts'
import { record, refuseBrokenLedger } from './context/record.ts'
import { namedTask } from './context/named-task.ts'
import { withTransaction } from './context/transaction.ts'
import { refuseLostLease, refuseForeignLease } from './guards/require-stage.ts'
import { batchEnd } from './response/batches.ts'
import { callFor } from './response/next-step.ts'
import { Refusal } from './context/refusal.ts'
import { haltReport, type FailureRequest } from './response/halt-report.ts'
import { scheduleState } from './context/schedule-state.ts'
import { taskStates } from './context/task-state.ts'

export interface FailureReport {
  task: string
  /** `halted`: no task starts until this one is resumed. `continues`: the other parallel tasks can continue. */
  effect: 'halted' | 'continues'
  /** Tasks that cannot start because of it. */
  blocked: string[]
  /** How many more there are; \`read_document progress\` lists them. */
  moreBlocked?: number
  report: string
  /** Set if the task was the last open one of its batch or its phase. */
  messages: string[]
  next: NextStep
}

/** Records that a task cannot be finished for now, and reports whether other tasks may continue. */
export async function reportFailure(call: Call, request: FailureRequest): Promise<FailureReport> {
  return withTransaction(call, async context => {
    refuseBrokenLedger(context)
    const task = namedTask(context, request.task)
    refuseNotInProgress(context, task)
    const effect = effectOf(context, task)
    await record(context, {
      kind: 'failed',
      task: task.id,
      error: request.error,
      files: request.files ?? [],
      effect,
      ...(request.cause !== undefined && { cause: request.cause }),
    })
    const leases = await leaveTask(context, task)
    return failureReport(withLeases(reloadLedger(context), leases), task, request, effect)
  })
}

function refuseNotInProgress(context: Context, task: Task): void {
  const status = taskStates(context).get(task.id)
  if (!status || status.stage === 'done' || !status.history.start) {
    throw new Refusal(
      'wrong_stage',
      `${task.id} ${status?.stage === 'done' ? 'is done' : 'has not been started'}, so no failure was recorded.`,
      `To get the task that is due, ${context.call.frontend.describeStep('next_task')}.`,
    )
  }
  refuseForeignLease(context, task, status)
  refuseLostLease(context, task)
}

/** A failed task of the set-up halts the feature even if it is parallel, because everything builds on it. */
function effectOf({ plan }: Context, task: Task): 'halted' | 'continues' {
  const phase = plan.phases.find(({ name }) => name === task.phase)
  return task.parallel && phase?.category !== 'setup' ? 'continues' : 'halted'
}

/** Keeps the answer short. */
const MAX_BLOCKED = 20

function failureReport(
  context: Context,
  task: Task,
  request: FailureRequest,
  effect: 'halted' | 'continues',
): FailureReport {
  const blocked = waiting(context.plan, scheduleState(context)).map(({ id }) => id)
  const { frontend } = context.call
  const next =
    effect === 'halted'
      ? callFor(frontend, 'next_task', { task: task.id }, `Fix what stopped ${task.id}.`)
      : callFor(frontend, 'next_task', {}, 'The other tasks can continue.')
  return {
    task: task.id,
    effect,
    blocked: blocked.slice(0, MAX_BLOCKED),
    ...(blocked.length > MAX_BLOCKED && { moreBlocked: blocked.length - MAX_BLOCKED }),
    report: haltReport(context, task, request, effect, blocked),
    messages: effect === 'halted' ? [] : batchEnd(context, task),
    next,
  }
}
