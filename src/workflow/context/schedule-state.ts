import type { ScheduleState } from '../../plan/order.ts'
import type { Plan } from '../../plan/plan.ts'
import { filesHeld } from '../../store/leases/leases.ts'
import { readClocks } from '../../store/leases/expiry.ts'
import type { Context } from './context.ts'
import { phasesToConfirm } from './phases.ts'
import { taskStates, type TaskStates, type TaskState } from './task-state.ts'

/** What decides the order of work, from the standings. */
export function scheduleState(
  context: Context,
  states: TaskStates = taskStates(context),
): ScheduleState {
  const marks = new Map(context.plan.tasks.map(task => [task.id, task.markers[0]?.state ?? 'open']))
  const halting = haltingTask(context.plan, states)
  return {
    statusOf: id => {
      const status = states.get(id)
      return {
        settled: status?.stage === 'done' || (status?.waived ?? false),
        unverified: status?.unverified ?? false,
        active: isActive(status),
        failed: status?.failed ?? false,
        other: marks.get(id) === 'other',
      }
    },
    heldFiles: filesHeld(context.leaseTable, context.key, context.call.holder, readClocks()),
    ...(halting && { halted: { task: halting } }),
    closedPhases: phasesToConfirm(context, states).map(({ name }) => name),
  }
}

/** In work: started, not finished, and its holder is there. */
function isActive(status: TaskState | undefined): boolean {
  return status?.lease !== undefined && status.stage !== 'done'
}

/** A failed task stops the feature unless it is parallel; in set-up even then, because nothing works without it. */
function haltingTask(plan: Plan, states: ReadonlyMap<string, TaskState>): string | undefined {
  return plan.tasks.find(task => {
    const failed = states.get(task.id)?.history.failed
    return failed?.effect === 'halted'
  })?.id
}
