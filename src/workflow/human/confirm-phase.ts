import type { Phase } from '../../plan/plan.ts'
import type { Call } from '../context/call.ts'
import { confirmByPerson, type Confirmed } from '../approval/confirm.ts'
import { record, reread, taskOf, type Desk } from '../context/context.ts'
import { atDesk, openDesk } from '../context/transaction.ts'
import { finishTask } from '../completion/finish-task.ts'
import { lookAt } from '../approval/phase-review.ts'
import { phasesToConfirm, questionFor } from '../context/phases.ts'
import { writing } from '../context/write-marks.ts'
import { Refusal } from '../context/refusal.ts'
import { standingsOf } from '../context/task-state.ts'

export interface PhaseConfirmed {
  feature: string
  phase: string
  person: string
}

/** A person has looked at the first finished phase that waits for that, and says that it is as it should be. */
export async function confirmPhase(call: Call): Promise<PhaseConfirmed> {
  const before = await openDesk(call)
  const phase = waitingPhase(before)
  const title = `Phase "${phase.name}" of ${before.plan.feature.id}.`
  const question = [
    `${title} ${questionFor(before, phase) ?? ''}`,
    ...lookAt(before, phase),
    'Have you looked, and is it as it should be?',
  ].join('\n')
  const confirmed = await confirmByPerson(call, question, 'confirm-phase')
  return atDesk(call, async desk => {
    const now = waitingPhase(desk)
    record(desk, { kind: 'phase-confirmed', phase: now.name, ...confirmed })
    await finishVerification(await reread(desk), now, confirmed)
    await writing(await reread(desk), reread, fresh => {
      const same = fresh.plan.phases.find(({ name }) => name === now.name)
      const at = fresh.ledger.events.at(-1)?.at ?? ''
      return (same && fresh.dialect.finishPhase?.(fresh.shelf, fresh.plan, same, at)) ?? []
    })
    return { feature: desk.plan.feature.id, phase: now.name, person: confirmed.person }
  })
}

function waitingPhase(desk: Desk): Phase {
  const [phase] = phasesToConfirm(desk, standingsOf(desk))
  if (phase) return phase
  throw new Refusal(
    'not_ready',
    `No phase of ${desk.plan.feature.id} waits for a person, so nothing was confirmed.`,
    `To see where it stands, ${desk.call.surface.tell('read_document')}.`,
  )
}

/** The tasks of the phase that say no more than that a person has to look. */
async function finishVerification(
  desk: Desk,
  phase: Phase,
  { person, channel }: Confirmed,
): Promise<void> {
  const standings = standingsOf(desk)
  for (const id of phase.tasks) {
    const task = taskOf(desk, id)
    if (task.kind !== 'person' || standings.get(id)?.stage === 'done') continue
    await finishTask(await reread(desk), task, {
      tree: '',
      proof: [],
      confirmedBy: person,
      channel,
    })
  }
}
