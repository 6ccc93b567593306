import type { Phase, Task } from '../../plan/plan.ts'
import { clientChannelHint } from './client-channel.ts'
import type { Context } from '../context/context.ts'
import { phaseReview } from './phase-review.ts'
import { phaseOf, questionFor } from '../context/phases.ts'
import { HumanNeeded, type Refusal } from '../context/refusal.ts'

/** A task that only a person can finish. */
export function humanTaskRefusal(context: Context, task: Task): Refusal {
  const phase = phaseOf(context.plan, task)
  if (phase && questionFor(context, phase) !== undefined) return phaseReviewRefusal(context, phase)
  return new HumanNeeded(
    { step: 'mark-complete', task: task.id },
    'phase_needs_person',
    `${task.id} (${task.title}) is for a person: ${task.kindReason}.`,
    'No tool can finish it, so it was not started.',
    `Ask them to look, and to run \`redgreen mark-complete ${task.id}\` in a terminal.`,
    clientChannelHint(context),
  )
}

/** A finished phase that a person has to look at before the next one. */
export function phaseReviewRefusal(context: Context, phase: Phase): Refusal {
  return new HumanNeeded(
    { step: 'confirm-phase', phase: phase.name },
    'phase_needs_person',
    `A person has to look before the next phase. ${questionFor(context, phase) ?? ''}`,
    'No task was started.',
    [
      `Ask them to look, and to run \`redgreen confirm-phase\` in a terminal. ${clientChannelHint(context)}`.trimEnd(),
      ...phaseReview(context, phase),
    ].join('\n'),
  )
}
