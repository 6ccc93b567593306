import type { Phase, Task } from '../../plan/plan.ts'
import { channelHint } from './remote-channels.ts'
import type { Context } from '../context/context.ts'
import { joinAsLines } from '../../runner/safe-text.ts'
import { phaseReview } from './phase-review.ts'
import { phaseOf, questionFor } from '../context/phases.ts'
import { Block, HumanNeeded, type Refusal } from '../context/refusal.ts'

/** The refusal for a task that only a human can finish. */
export function humanTaskRefusal(context: Context, task: Task): Refusal {
  const phase = phaseOf(context.plan, task)
  if (phase && questionFor(context, phase) !== undefined) return phaseReviewRefusal(context, phase)
  return new HumanNeeded(
    { step: 'mark-complete', task: task.id },
    'phase_needs_person',
    `Only a human can finish ${task.id} (${task.title}): ${task.kindReason}.`,
    'It was not started.',
    `Ask a human to check it and to run \`redgreen mark-complete ${task.id}\` in a terminal.`,
    channelHint(context),
  )
}

/** The refusal for a finished phase that a human has to confirm before the next phase. */
export function phaseReviewRefusal(context: Context, phase: Phase): Refusal {
  return new HumanNeeded(
    { step: 'confirm-phase', phase: phase.name },
    'phase_needs_person',
    `A human has to confirm the finished phase "${phase.name}" before the next one. ${questionFor(context, phase) ?? ''}`,
    'No task was started.',
    new Block(
      joinAsLines([
        `Ask a human to check it and to run \`redgreen confirm-phase\` in a terminal. ${channelHint(context)}`.trimEnd(),
        ...phaseReview(context, phase),
      ]),
    ),
  )
}
