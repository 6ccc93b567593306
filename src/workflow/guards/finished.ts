import type { Desk } from '../context/context.ts'
import { phasesToConfirm } from '../context/phases.ts'
import { phaseWaits } from '../approval/needs-human.ts'
import { Refusal } from '../context/refusal.ts'
import { standingsOf } from '../context/task-state.ts'
import { situationOf } from '../context/schedule-state.ts'

/** Every task is done by evidence or waived, or was dropped by the author; a claim is not enough. */
export function refuseUnfinished(desk: Desk): void {
  const { standing } = situationOf(desk)
  const open = desk.plan.tasks.filter(({ id }) => !(standing(id).settled || standing(id).other))
  const [phase] = phasesToConfirm(desk, standingsOf(desk))
  if (open.length === 0 && phase) throw phaseWaits(desk, phase)
  if (open.length === 0) return
  const [first] = open
  const claimed = open.filter(({ id }) => standing(id).claimed)
  const note =
    claimed.length > 0
      ? ` ${claimed.length} of them are ticked but unproven, first ${claimed[0]?.id}; a person can waive those.`
      : ''
  throw new Refusal(
    'not_ready',
    `${open.length} of ${desk.plan.tasks.length} tasks are not done, first ${first?.id}, so nothing was validated.${note}`,
    claimed.length === open.length && first
      ? `To prove the first, ${desk.call.surface.tell('next_task', { task: first.id })}.`
      : `To go on, ${desk.call.surface.tell('next_task')}.`,
  )
}
