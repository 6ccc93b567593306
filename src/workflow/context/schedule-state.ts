import { isDropped } from '../../plan/dropped-task.ts'
import { lastEvent } from '../../evidence/event.ts'
import type { ScheduleState, TaskStatus } from '../../plan/order.ts'
import { isUnneeded } from '../../plan/groups.ts'
import { marksSince } from '../../plan/changed-marks.ts'
import type { Plan, Task } from '../../plan/plan.ts'
import { remembered } from '../../plan/remembered.ts'
import { leasedFiles } from '../../store/leases/leases.ts'
import type { Context } from './context.ts'
import { phasesToConfirm } from './phases.ts'
import { taskStates, type TaskStates } from './task-state.ts'
import type { TaskState } from './evidence-state.ts'

/**
 * What decides which tasks may start. If nothing changed, the same object is returned, so that results that are cached for it stay valid.
 */
export function scheduleState(
  context: Context,
  states: TaskStates = taskStates(context),
): ScheduleState {
  const { plan, leaseTable, key, call, coordinator } = context
  const others = unneededIn(plan)
  const heldFiles = leasedFiles(leaseTable, key, call.holder, coordinator.clocks())
  const closedPhases = phasesToConfirm(context, states).map(({ name }) => name)
  const facts = JSON.stringify([[...heldFiles], closedPhases])
  const known = cache.get(states)
  if (known?.plan === plan && known.facts === facts) return known.schedule
  const halting = haltingTask(context, states)
  const schedule: ScheduleState = {
    statusOf: id => statusFrom(states.get(id), others.has(id)),
    heldFiles,
    ...(halting !== undefined && { halted: { task: halting } }),
    closedPhases,
  }
  cache.set(states, { plan, facts, schedule })
  return schedule
}

/** The latest schedule for these states. */
const cache = new WeakMap<TaskStates, { plan: Plan; facts: string; schedule: ScheduleState }>()

/** Ids of the tasks that nothing waits for. */
const unneededIn = remembered((plan: Plan): ReadonlySet<string> => {
  const since = marksSince(plan)
  if (!since) return new Set(plan.tasks.filter(isOther).map(({ id }) => id))
  const ids = new Set(unneededIn(since.plan))
  for (const { now } of since.tasks) {
    if (isOther(now)) ids.add(now.id)
    else ids.delete(now.id)
  }
  return ids
})

function isOther(task: Task): boolean {
  return isDropped(task) || isUnneeded(task)
}

function statusFrom(state: TaskState | undefined, other: boolean): TaskStatus {
  return {
    settled: state?.stage === 'done' || (state?.waived ?? false),
    unverified: state?.unverified ?? false,
    active: state?.lease !== undefined && state.stage !== 'done',
    failed: state?.failed ?? false,
    other,
  }
}

/**
 * The failed task that stops the feature. Only a failed task that is parallel, and not in set-up, does not stop it. A human who
 * waives the task ends the halt.
 */
function haltingTask(
  { plan, histories, ledger }: Pick<Context, 'plan' | 'histories' | 'ledger'>,
  states: TaskStates,
): string | undefined {
  // A shortcut, because most features have no failure and may have many histories.
  if (lastEvent(ledger.events, 'failed') === undefined) return undefined
  const halting = [...histories].filter(([id, { failed }]) => {
    const { history, waived, stage } = states.get(id) ?? {}
    return failed && history?.failed?.effect === 'halted' && !waived && stage !== 'done'
  })
  const ids = new Set(halting.map(([id]) => id))
  return ids.size === 0 ? undefined : plan.tasks.find(({ id }) => ids.has(id))?.id
}
