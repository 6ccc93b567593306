import { isDropped } from '../../plan/dropped-task.ts'
import { lastOfTask } from '../../evidence/event-index.ts'
import { lastPlaced } from '../../evidence/events-by-kind.ts'
import { isUnneeded } from '../../plan/groups.ts'
import type { Phase, Plan, Task } from '../../plan/plan.ts'
import type { Context } from './context.ts'
import { taskStates, type TaskStates } from './task-state.ts'

/** The phase that a task belongs to. */
export function phaseOf(plan: Plan, task: Task): Phase | undefined {
  return plan.phases.find(phase => phase.tasks.includes(task.id))
}

/** True if every task of the phase is finished, except for those that a human does. */
export function isFinished(
  context: Context,
  phase: Phase,
  states: TaskStates = taskStates(context),
): boolean {
  const isOpen = (id: string) => {
    const task = context.tasks.get(id)
    const state = states.get(id)
    const settled = state?.stage === 'done' || state?.waived === true
    const dropped = task && (isDropped(task) || isUnneeded(task))
    return !(settled || state?.unverified || dropped || task?.kind === 'person')
  }
  // Searched from the end, because tasks are finished from the start to the end.
  return phase.tasks.findLast(isOpen) === undefined
}

/**
 * The question that a human still has to answer before the next phase starts. A phase in which the server recorded no
 * finished task needs no answer: it was finished before the server was used.
 */
export function questionFor(context: Context, phase: Phase): string | undefined {
  const question = context.dialect.question?.(context.reader, context.plan, phase)
  if (question === undefined) return undefined
  const { events } = context.ledger
  const hasWork = phase.tasks.some(id => lastOfTask(events, id, 'done') !== undefined)
  const confirmed = lastPlaced(events, 'phase-confirmed', event => event.phase === phase.name)
  // If a human reopened a task, the phase has to be confirmed again.
  const reopened = lastPlaced(events, 'reopened', event => phase.tasks.includes(event.task))
  const isConfirmed = confirmed !== undefined && confirmed.at > (reopened?.at ?? -1)
  return hasWork && !isConfirmed ? question : undefined
}

/** Finished phases that a human has to confirm, in the order of the plan. */
export function phasesToConfirm(context: Context, states: TaskStates): Phase[] {
  if (!context.dialect.question) return []
  return context.plan.phases.filter(
    phase => isFinished(context, phase, states) && questionFor(context, phase) !== undefined,
  )
}
