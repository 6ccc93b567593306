import type { Task } from '../../plan/plan.ts'
import { channelHint } from '../approval/remote-channels.ts'
import { phaseReview } from '../approval/phase-review.ts'
import type { NextStep } from '../context/call.ts'
import type { Context } from '../context/context.ts'
import { isFinished, phaseOf, questionFor } from '../context/phases.ts'
import { scheduleState } from '../context/schedule-state.ts'
import { callFor, validationStep } from '../response/next-step.ts'

/** The question for a human if this task was the last one of its phase. */
export function questionAfter(context: Context, task: Task): string | undefined {
  const phase = phaseOf(context.plan, task)
  return phase && isFinished(context, phase) ? questionFor(context, phase) : undefined
}

export function nextAfter(context: Context, task: Task, needsPerson: string | undefined): NextStep {
  const { frontend } = context.call
  const phase = phaseOf(context.plan, task)
  if (needsPerson !== undefined && phase) {
    const hint = channelHint(context, frontend.describeStep('next_task'))
    const say = [
      `Ask a human: ${needsPerson} They confirm with \`redgreen confirm-phase\` in a terminal; the next phase waits for it. ${hint}`.trimEnd(),
      ...phaseReview(context, phase),
    ].join('\n')
    return { tool: null, arguments: {}, say }
  }
  const { statusOf } = scheduleState(context)
  // From the end, where open tasks are.
  const open = context.plan.tasks.findLast(({ id }) => {
    const { settled, unverified, other } = statusOf(id)
    return !(settled || unverified || other)
  })
  return open ? callFor(frontend, 'next_task', {}, '') : validationStep(context)
}
