import type { Phase, Task } from '../../plan/plan.ts'
import { alsoInClient } from './client-channel.ts'
import type { Desk } from '../context/context.ts'
import { lookAt } from './phase-review.ts'
import { phaseOf, questionFor } from '../context/phases.ts'
import { PersonNeeded, type Refusal } from '../context/refusal.ts'

/** A task that only a person can finish. */
export function forPerson(desk: Desk, task: Task): Refusal {
  const phase = phaseOf(desk.plan, task)
  if (phase && questionFor(desk, phase) !== undefined) return phaseWaits(desk, phase)
  return new PersonNeeded(
    { step: 'mark-complete', task: task.id },
    'phase_needs_person',
    `${task.id} (${task.title}) is for a person: ${task.kindReason}.`,
    'No tool can finish it, so it was not started.',
    `Ask them to look, and to run \`redgreen mark-complete ${task.id}\` in a terminal.`,
    alsoInClient(desk),
  )
}

/** A finished phase that a person has to look at before the next one. */
export function phaseWaits(desk: Desk, phase: Phase): Refusal {
  return new PersonNeeded(
    { step: 'confirm-phase', phase: phase.name },
    'phase_needs_person',
    `A person has to look before the next phase. ${questionFor(desk, phase) ?? ''}`,
    'No task was started.',
    [
      `Ask them to look, and to run \`redgreen confirm-phase\` in a terminal. ${alsoInClient(desk)}`.trimEnd(),
      ...lookAt(desk, phase),
    ].join('\n'),
  )
}
