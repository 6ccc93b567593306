import type { EventOf } from '../../evidence/event.ts'
import { allows, needs, nextMove, type Move, type Stage } from '../../evidence/stage.ts'
import { takenSince } from '../../store/leases/leases.ts'
import type { Task } from '../../plan/plan.ts'
import { clientChannelHint } from '../approval/client-channel.ts'
import { refuseBrokenLedger, type Context } from '../context/context.ts'
import { HumanNeeded, Refusal } from '../context/refusal.ts'
import { scheduleState } from '../context/schedule-state.ts'
import { taskStates, type TaskState } from '../context/task-state.ts'

/** A started task, and what is known of it. */
export interface StartedTask {
  task: Task
  status: TaskState
  start: EventOf<'start'>
}

/** May this caller make this move with this task now? Refuses with what it needs first. */
export function requireStage(context: Context, task: Task, move: Move): StartedTask {
  refuseBrokenLedger(context)
  const states = taskStates(context)
  const status = states.get(task.id)
  if (!status) throw new Error(`Task ${task.id} has no standing.`)
  if (status.stage === 'done') throw finished(context, task, move)
  refuseForeignLease(context, task, status)
  refuseLate(context, task)
  const { start } = status.history
  if (!start) throw notStarted(context, task, move)
  if (status.failed) throw stillFailed(context, task)
  refuseOtherKind(context, task, start)
  if (!allows(task.kind, status.stage, move)) throw wrongStage(context, task, status.stage, move)
  refuseChangedSettings(context, start)
  return { task, status, start }
}

/** Is somebody else, who is still there, at this task? */
export function refuseForeignLease(
  context: Context,
  task: Task,
  { lease: claim }: TaskState,
): void {
  if (!claim || claim.holder.id === context.call.holder.id) return
  throw new Refusal(
    'claimed',
    `${task.id} has been claimed by ${claim.holder.name} since ${claim.since}, until ${claim.until} or until that process ends.`,
    'It was not touched.',
    `To get another task, ${context.call.frontend.describeStep('next_task')}.`,
  )
}

/** A result that comes after somebody else had the task is not counted, even when they have left it by now. */
export function refuseLate(context: Context, task: Task): void {
  const { state, leaseTable: book, key, call } = context
  const later = takenSince(state, book, key, task.id, call.holder)
  if (!later) return
  throw new Refusal(
    'claimed',
    `${task.id} was taken over by ${later.holder.name} at ${later.since}, because your claim had run out.`,
    'Nothing was recorded.',
    `To take it again, ${call.frontend.describeStep('next_task', { task: task.id })}.`,
  )
}

function finished(context: Context, task: Task, move: Move): Refusal {
  const { frontend } = context.call
  const { statusOf: status } = scheduleState(context)
  const allDone = context.plan.tasks.every(({ id }) => status(id).settled)
  if (allDone) {
    return new Refusal(
      'all_done',
      `All ${context.plan.tasks.length} tasks of ${context.plan.feature.id} are done, ${task.id} among them, so ${move} did nothing.`,
      `To validate the feature, ${frontend.describeStep('run_validation')}.`,
    )
  }
  return new Refusal(
    'wrong_stage',
    `${task.id} is done, so ${move} did nothing.`,
    `To get the task that is due, ${frontend.describeStep('next_task')}.`,
  )
}

function stillFailed(context: Context, task: Task): Refusal {
  return new Refusal(
    'halted',
    `${task.id} was reported as failed and nobody has resumed it, so nothing was run.`,
    `To resume it, ${context.call.frontend.describeStep('next_task', { task: task.id })}.`,
  )
}

/** How a task has to be proven was settled when it was started; an edit of the plan does not change that under way. */
function refuseOtherKind(context: Context, task: Task, start: EventOf<'start'>): void {
  if (start.provenAs === task.kind) return
  throw new Refusal(
    'conflict',
    `${task.id} was started to be proven as \`${start.provenAs}\`, and by the plan of now it would be \`${task.kind}\` (${task.kindReason}), so nothing was run.`,
    `Put the plan back, or, when a person has changed it, ${context.call.frontend.describeStep('next_task', { task: task.id })} to start the task again.`,
  )
}

function notStarted(context: Context, task: Task, move: Move): Refusal {
  return new Refusal(
    'wrong_stage',
    `${task.id} has not been started, so ${move} did nothing: the server has to see the files as they are before the work.`,
    `To start it, ${context.call.frontend.describeStep('next_task', { task: task.id })}.`,
  )
}

function wrongStage(context: Context, task: Task, stage: Stage, move: Move): Refusal {
  const needed = nextMove(task.kind, stage)
  const known = `${task.id} is proven as \`${task.kind}\` (${task.kindReason})`
  const told = needed ? context.call.frontend.describeStep(needed, { task: task.id }) : ''
  return needs(task.kind, move)
    ? new Refusal(
        'wrong_stage',
        `${known} and stands at ${stage}, so ${move} did nothing.`,
        `First ${told}.`,
      )
    : new Refusal(
        'wrong_stage',
        `${known} and needs no ${move}, so nothing was done.`,
        `Instead, ${told}.`,
      )
}

/** The settings are a person's: what a task began with holds until a person confirms the change. */
function refuseChangedSettings(context: Context, start: EventOf<'start'>): void {
  const { hash } = context.settings
  if (hash === start.settings) return
  const approved = context.ledger.events.some(
    event => event.kind === 'approved' && event.settings === hash && event.at >= start.at,
  )
  if (approved) return
  throw new HumanNeeded(
    { step: 'approve' },
    'settings_changed',
    `redgreen.config.json changed since ${start.task} was started, so nothing was run.`,
    'Put it back, or ask a person to confirm it with `redgreen approve` in a terminal.',
    clientChannelHint(context),
  )
}
