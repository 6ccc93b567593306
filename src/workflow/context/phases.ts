import type { Phase, Plan, Task } from '../../plan/plan.ts'
import type { Context } from './context.ts'
import { taskStates, type TaskStates } from './task-state.ts'

/** The phase that a task belongs to. */
export function phaseOf(plan: Plan, task: Task): Phase | undefined {
  return plan.phases.find(phase => phase.tasks.includes(task.id))
}

/** Is all the work of a phase done, apart from what a person has to do? */
export function isFinished(context: Context, phase: Phase, states?: TaskStates): boolean {
  const known = states ?? taskStates(context)
  return phase.tasks.every(id => {
    const task = context.tasks.get(id)
    const status = known.get(id)
    const settled = status?.stage === 'done' || status?.waived === true
    const dropped = task?.markers[0]?.state === 'other'
    return settled || status?.unverified === true || dropped || task?.kind === 'person'
  })
}

/**
 * The question that a person still has to answer before the next phase begins. A phase that was over before the server
 * was asked anything about it is the person's own.
 */
export function questionFor(context: Context, phase: Phase): string | undefined {
  const question = context.dialect.question?.(context.reader, context.plan, phase)
  if (question === undefined) return undefined
  const { events } = context.ledger
  const worked = events.some(event => event.kind === 'done' && phase.tasks.includes(event.task))
  const confirmed = events.some(
    event => event.kind === 'phase-confirmed' && event.phase === phase.name,
  )
  return worked && !confirmed ? question : undefined
}

/** Finished phases that wait for a person's look, in the order of the plan. */
export function phasesToConfirm(context: Context, states: TaskStates): Phase[] {
  if (!context.dialect.question) return []
  return context.plan.phases.filter(
    phase => isFinished(context, phase, states) && questionFor(context, phase) !== undefined,
  )
}
