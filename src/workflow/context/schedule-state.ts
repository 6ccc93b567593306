import type { ScheduleState } from '../../plan/order.ts'
import { isUnneeded } from '../../plan/groups.ts'
import type { Plan } from '../../plan/plan.ts'
import { leasedFiles } from '../../store/leases/leases.ts'
import { readClocks } from '../../store/leases/expiry.ts'
import type { Context } from './context.ts'
import { phasesToConfirm } from './phases.ts'
import { taskStates, type TaskStates, type TaskState } from './task-state.ts'

/** What decides which tasks may start. */
export function scheduleState(
  context: Context,
  states: TaskStates = taskStates(context),
): ScheduleState {
  const marks = new Map(context.plan.tasks.map(task => [task.id, task.markers[0]?.state ?? 'open']))
  const unneeded = new Set(context.plan.tasks.filter(isUnneeded).map(({ id }) => id))
  const halting = haltingTask(context.plan, states)
  return {
    statusOf: id => {
      const state = states.get(id)
      return {
        settled: state?.stage === 'done' || (state?.waived ?? false),
        unverified: state?.unverified ?? false,
        active: isActive(state),
        failed: state?.failed ?? false,
        other: marks.get(id) === 'other' || unneeded.has(id),
      }
    },
    heldFiles: leasedFiles(context.leaseTable, context.key, context.call.holder, readClocks()),
    ...(halting && { halted: { task: halting } }),
    closedPhases: phasesToConfirm(context, states).map(({ name }) => name),
  }
}

function isActive(state: TaskState | undefined): boolean {
  return state?.lease !== undefined && state.stage !== 'done'
}

/**
 * The failed task that stops the feature. Only a failed task that is parallel, and not in set-up, does not stop it. A human who
 * waives the task ends the halt.
 */
function haltingTask(plan: Plan, states: TaskStates): string | undefined {
  return plan.tasks.find(task => {
    const { history, waived, stage } = states.get(task.id) ?? {}
    return history?.failed?.effect === 'halted' && !waived && stage !== 'done'
  })?.id
}
