import { countOf } from '../../plan/format-list.ts'
import type { Context } from '../context/context.ts'
import { phasesToConfirm } from '../context/phases.ts'
import { phaseReviewRefusal } from '../approval/needs-human.ts'
import { Refusal } from '../context/refusal.ts'
import { elsewhereNote } from '../context/task-holder.ts'
import { taskStates } from '../context/task-state.ts'
import { scheduleState } from '../context/schedule-state.ts'
import { unprovenRemedy } from '../context/unproven-ticks.ts'

/** Refuses to validate before every task is proven, waived, or dropped by the author. A tick in the file is not enough. */
export function refuseUnfinished(context: Context): void {
  const { statusOf } = scheduleState(context)
  const open = context.plan.tasks.filter(({ id }) => !(statusOf(id).settled || statusOf(id).other))
  const [phase] = phasesToConfirm(context, taskStates(context))
  if (open.length === 0 && phase) throw phaseReviewRefusal(context, phase)
  const [first] = open
  if (!first) return
  const unverified = open.filter(({ id }) => statusOf(id).unverified)
  throw new Refusal(
    'not_ready',
    `${open.length} of ${countOf(context.plan.tasks.length, 'task')} ${open.length === 1 ? 'is' : 'are'} not done (first ${first.id}${elsewhereNote(context, first.id)}), so nothing was validated.`,
    unverified.length > 0
      ? `${unverified.length} of them ${unverified.length === 1 ? 'is' : 'are'} ticked in the file but not proven (first ${unverified[0]?.id}).`
      : '',
    unverified.length === open.length
      ? unprovenRemedy(context, first.id)
      : `To continue, ${context.call.frontend.describeStep('next_task')}.`,
  )
}
