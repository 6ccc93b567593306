import type { Context } from '../context/context.ts'
import { phasesToConfirm } from '../context/phases.ts'
import { phaseReviewRefusal } from '../approval/needs-human.ts'
import { Refusal } from '../context/refusal.ts'
import { taskStates } from '../context/task-state.ts'
import { scheduleState } from '../context/schedule-state.ts'

/** Every task is done by evidence or waived, or was dropped by the author; a claim is not enough. */
export function refuseUnfinished(context: Context): void {
  const { statusOf: status } = scheduleState(context)
  const open = context.plan.tasks.filter(({ id }) => !(status(id).settled || status(id).other))
  const [phase] = phasesToConfirm(context, taskStates(context))
  if (open.length === 0 && phase) throw phaseReviewRefusal(context, phase)
  if (open.length === 0) return
  const [first] = open
  const claimed = open.filter(({ id }) => status(id).unverified)
  const note =
    claimed.length > 0
      ? ` ${claimed.length} of them are ticked but unproven, first ${claimed[0]?.id}; a person can waive those.`
      : ''
  throw new Refusal(
    'not_ready',
    `${open.length} of ${context.plan.tasks.length} tasks are not done, first ${first?.id}, so nothing was validated.${note}`,
    claimed.length === open.length && first
      ? `To prove the first, ${context.call.frontend.describeStep('next_task', { task: first.id })}.`
      : `To go on, ${context.call.frontend.describeStep('next_task')}.`,
  )
}
