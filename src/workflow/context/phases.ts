import type { Phase, Plan, Task } from '../../plan/plan.ts'
import type { Desk } from './context.ts'
import { standingsOf, type Standings } from './task-state.ts'

/** The phase that a task belongs to. */
export function phaseOf(plan: Plan, task: Task): Phase | undefined {
  return plan.phases.find(phase => phase.tasks.includes(task.id))
}

/** Is all the work of a phase done, apart from what a person has to do? */
export function isFinished(desk: Desk, phase: Phase, standings?: Standings): boolean {
  const known = standings ?? standingsOf(desk)
  return phase.tasks.every(id => {
    const task = desk.tasks.get(id)
    const standing = known.get(id)
    const settled = standing?.stage === 'done' || standing?.waived === true
    const dropped = task?.carriers[0]?.state === 'other'
    return settled || standing?.claimed === true || dropped || task?.kind === 'person'
  })
}

/**
 * The question that a person still has to answer before the next phase begins. A phase that was over before the server
 * was asked anything about it is the person's own.
 */
export function questionFor(desk: Desk, phase: Phase): string | undefined {
  const question = desk.dialect.question?.(desk.shelf, desk.plan, phase)
  if (question === undefined) return undefined
  const { events } = desk.ledger
  const worked = events.some(event => event.kind === 'done' && phase.tasks.includes(event.task))
  const confirmed = events.some(
    event => event.kind === 'phase-confirmed' && event.phase === phase.name,
  )
  return worked && !confirmed ? question : undefined
}

/** Finished phases that wait for a person's look, in the order of the plan. */
export function phasesToConfirm(desk: Desk, standings: Standings): Phase[] {
  if (!desk.dialect.question) return []
  return desk.plan.phases.filter(
    phase => isFinished(desk, phase, standings) && questionFor(desk, phase) !== undefined,
  )
}
