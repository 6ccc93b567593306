import type { Phase } from '../../plan/plan.ts'
import type { Call } from '../context/call.ts'
import { confirmByHuman, type HumanConfirmation } from '../approval/confirm.ts'
import { record, refresh, requireTask, type Context } from '../context/context.ts'
import { withTransaction, openContext } from '../context/transaction.ts'
import { finishTask } from '../completion/finish-task.ts'
import { phaseReview } from '../approval/phase-review.ts'
import { phasesToConfirm, questionFor } from '../context/phases.ts'
import { applyEdits } from '../context/write-marks.ts'
import { Refusal } from '../context/refusal.ts'
import { taskStates } from '../context/task-state.ts'

export interface PhaseConfirmed {
  feature: string
  phase: string
  person: string
}

/** A person has looked at the first finished phase that waits for that, and says that it is as it should be. */
export async function confirmPhase(call: Call): Promise<PhaseConfirmed> {
  const before = await openContext(call)
  const phase = waitingPhase(before)
  const title = `Phase "${phase.name}" of ${before.plan.feature.id}.`
  const question = [
    `${title} ${questionFor(before, phase) ?? ''}`,
    ...phaseReview(before, phase),
    'Have you looked, and is it as it should be?',
  ].join('\n')
  const confirmed = await confirmByHuman(call, question, 'confirm-phase')
  return withTransaction(call, context => {
    const now = waitingPhase(context)
    record(context, { kind: 'phase-confirmed', phase: now.name, ...confirmed })
    finishVerification(refresh(context), now, confirmed)
    applyEdits(refresh(context), ({ dialect, reader, plan, ledger }) => {
      const same = plan.phases.find(({ name }) => name === now.name)
      const at = ledger.events.at(-1)?.at ?? ''
      return (same && dialect.finishPhase?.(reader, plan, same, at)) ?? []
    })
    return { feature: context.plan.feature.id, phase: now.name, person: confirmed.person }
  })
}

function waitingPhase(context: Context): Phase {
  const [phase] = phasesToConfirm(context, taskStates(context))
  if (phase) return phase
  throw new Refusal(
    'not_ready',
    `No phase of ${context.plan.feature.id} waits for a person, so nothing was confirmed.`,
    `To see where it stands, ${context.call.frontend.describeStep('read_document')}.`,
  )
}

/** The tasks of the phase that say no more than that a person has to look. */
function finishVerification(
  context: Context,
  phase: Phase,
  { person, channel }: HumanConfirmation,
): void {
  const states = taskStates(context)
  for (const id of phase.tasks) {
    const task = requireTask(context, id)
    if (task.kind !== 'person' || states.get(id)?.stage === 'done') continue
    finishTask(refresh(context), task, {
      tree: '',
      proof: [],
      confirmedBy: person,
      channel,
    })
  }
}
