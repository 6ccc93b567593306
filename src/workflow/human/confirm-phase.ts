import type { Phase, Task } from '../../plan/plan.ts'
import { wordsOf } from '../../plan/task-words.ts'
import { confirmByHuman, type HumanConfirmation } from '../approval/confirm.ts'
import { phaseReview } from '../approval/phase-review.ts'
import { finishTask } from '../completion/finish-task.ts'
import type { Call } from '../context/call.ts'
import type { Context } from '../context/context.ts'
import { reloadFiles } from '../context/reload-context.ts'
import { record } from '../context/record.ts'
import { requireTask } from '../context/named-task.ts'
import { phasesToConfirm, questionFor } from '../context/phases.ts'
import { Refusal } from '../context/refusal.ts'
import { taskStates } from '../context/task-state.ts'
import { withTransaction, openContext } from '../context/transaction.ts'
import { applyEdits } from '../context/write-marks.ts'
import { joinAsLines } from '../../runner/safe-text.ts'

export interface PhaseConfirmed {
  feature: string
  phase: string
  person: string
}

/** A human confirms the first finished phase that waits for a review. */
export async function confirmPhase(call: Call): Promise<PhaseConfirmed> {
  const opened = await openContext(call)
  const waiting = waitingPhase(opened)
  const title = `Phase "${waiting.name}" of ${opened.plan.feature.id}.`
  const question = joinAsLines([
    `${title} ${questionFor(opened, waiting) ?? ''}`,
    ...phaseReview(opened, waiting),
    'Have you reviewed it, and is it correct?',
  ])
  const included = [waiting.name, ...humanTasksOf(opened, waiting).map(wordsOf)]
  const confirmed = await confirmByHuman(call, question, 'confirm-phase', included)
  return withTransaction(call, async context => {
    const phase = waitingPhase(context)
    if (phase.name !== waiting.name) throw otherPhase(phase)
    await record(context, { kind: 'phase-confirmed', phase: phase.name, ...confirmed })
    await finishHumanTasks(reloadFiles(context), phase, confirmed)
    applyEdits(reloadFiles(context), ({ dialect, reader, plan, ledger }) => {
      const current = plan.phases.find(({ name }) => name === phase.name)
      const at = ledger.events.at(-1)?.at ?? ''
      return (current && dialect.finishPhase?.(reader, plan, current, at)) ?? []
    })
    return { feature: context.plan.feature.id, phase: phase.name, person: confirmed.person }
  })
}

/** The human was asked about another phase, which somebody has confirmed meanwhile. */
function otherPhase({ name }: Phase): Refusal {
  return new Refusal(
    'conflict',
    `Another phase waits for a review now ("${name}"), so nothing was confirmed.`,
    'Run the command again.',
  )
}

function waitingPhase(context: Context): Phase {
  const [phase] = phasesToConfirm(context, taskStates(context))
  if (phase) return phase
  throw new Refusal(
    'not_ready',
    `No phase of ${context.plan.feature.id} waits for a review, so nothing was confirmed.`,
    `To see the progress, ${context.call.frontend.describeStep('read_document')}.`,
  )
}

/** Finishes the tasks of the phase that only ask for a human's review. */
async function finishHumanTasks(
  context: Context,
  phase: Phase,
  { person, channel }: HumanConfirmation,
): Promise<void> {
  for (const task of humanTasksOf(context, phase)) {
    await finishTask(reloadFiles(context), task, {
      tree: '',
      proof: [],
      confirmedBy: person,
      channel,
    })
  }
}

function humanTasksOf(context: Context, phase: Phase): Task[] {
  const states = taskStates(context)
  return phase.tasks
    .map(id => requireTask(context, id))
    .filter(({ id, kind }) => kind === 'person' && states.get(id)?.stage !== 'done')
}
