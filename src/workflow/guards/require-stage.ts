import os from 'node:os'
import type { Holder } from '../../store/leases/holder.ts'
import type { EventOf } from '../../evidence/event.ts'
import { allows, needs, nextMove, type Move, type Stage } from '../../evidence/stage.ts'
import { releasedByHuman } from '../../store/leases/end-lease.ts'
import { takenOverSince } from '../../store/leases/leases.ts'
import { countOf } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import { channelHint } from '../approval/remote-channels.ts'
import type { Context } from '../context/context.ts'
import { doubtfulKindNote, kindHint } from '../context/kind-hint.ts'
import { refuseBrokenLedger } from '../context/record.ts'
import { HumanNeeded, Refusal } from '../context/refusal.ts'
import { describeHolder, holderLabel, taskHolder, type TaskHolder } from '../context/task-holder.ts'
import { scheduleState } from '../context/schedule-state.ts'
import { taskStates } from '../context/task-state.ts'
import type { TaskState } from '../context/evidence-state.ts'

/** A task that was started, with its state. */
export interface StartedTask {
  task: Task
  status: TaskState
  start: EventOf<'start'>
}

/** Refuses a step that the task is not ready for, or that the caller may not take. */
export function requireStage(context: Context, task: Task, move: Move): StartedTask {
  refuseBrokenLedger(context)
  const status = taskStates(context).get(task.id)
  if (!status) throw new Error(`The plan has no task ${task.id}.`)
  if (status.stage === 'done') throw alreadyDone(context, task, move)
  refuseForeignLease(context, task, status)
  refuseLostLease(context, task)
  const { start } = status.history
  if (!start) throw notStarted(context, task, move)
  if (status.failed) throw failedRefusal(context, task)
  // Before the kind: the settings may be what changed it.
  refuseChangedSettings(context, start)
  refuseChangedKind(context, task, start)
  if (!allows(task.kind, status.stage, move)) throw wrongStage(context, task, status.stage, move)
  return { task, status, start }
}

/** Refuses if somebody else has a valid lease on the task. */
export function refuseForeignLease(context: Context, task: Task, { lease }: TaskState): void {
  if (!lease || lease.holder.id === context.call.holder.id) return
  const holder = taskHolder(context, task.id)
  const { frontend } = context.call
  if (lease.finishedElsewhere && holder)
    throw new Refusal(
      'claimed',
      `${describeHolder(holder, task.id)}.`,
      'Nothing was done.',
      mergeHint(holder, task.id),
      `To get another task, ${frontend.describeStep('next_task')}.`,
    )
  const isClaim = lease.holder.claim === true
  const own =
    isClaim && frontend.typed === undefined
      ? `If ${task.id} is yours, pass the \`claim\` that next_task gave you for it. `
      : ''
  throw new Refusal(
    'claimed',
    `${holder ? describeHolder(holder, task.id) : task.id}. Its lease ends at ${lease.until}${otherEnd(lease.holder)}.`,
    'Nothing was done.',
    `${own}To get another task, ${frontend.describeStep('next_task')}. ${releaseHint(task.id)}`,
  )
}

/** What else ends a lease: nobody can see whether a process on another machine has ended. */
function otherEnd({ host, claim }: Holder): string {
  if (host !== os.hostname()) return ', unless its holder renews it'
  return claim === true ? ' or with the server' : ' or with that process'
}

/** How the code of a task that is finished elsewhere gets here. */
export function mergeHint({ finished }: TaskHolder, task: string): string {
  const branch = finished?.branch ?? ''
  // The line comes from another clone, and an assistant may type what it reads.
  const isPlain = /^\w[\w./-]*$/.test(branch)
  const merge = isPlain
    ? `run \`git fetch origin ${branch}\` and \`git merge FETCH_HEAD\`; if the branch is not there yet, it was not pushed`
    : 'fetch and merge the branch that has it'
  return `To get its code: commit your work, then ${merge}. If the mark was removed here, or ${task} has to be done again, ask a human to run \`redgreen reopen ${task}\`.`
}

/** What a human can do if the holder of a task is not going to continue. */
export function releaseHint(task: string): string {
  return `If that session is not going to continue, a human can end its lease with \`redgreen release ${task}\` in a terminal.`
}

/** Refuses a late result: a human released the task, or somebody else has taken it over, even if they have left it again. */
export function refuseLostLease(context: Context, task: Task): void {
  const { coordinator, leaseTable, key, call } = context
  const released = releasedByHuman(leaseTable, key, task.id)
  if (released) {
    throw new Refusal(
      'claimed',
      `${task.id} was released by ${released.person} at ${released.at}, and nobody has started it again.`,
      'Nothing was recorded.',
      `To take the task again, ${call.frontend.describeStep('next_task', { task: task.id })}.`,
    )
  }
  const successor = takenOverSince(coordinator, leaseTable, key, task.id, call.holder)
  if (!successor) return
  throw new Refusal(
    'claimed',
    `Your lease on ${task.id} expired, and ${holderLabel(successor.holder)} took the task over at ${successor.since}.`,
    'Nothing was recorded.',
    `To take the task again, ${call.frontend.describeStep('next_task', { task: task.id })}.`,
  )
}

function alreadyDone(context: Context, task: Task, move: Move): Refusal {
  const { frontend } = context.call
  const { statusOf } = scheduleState(context)
  const { tasks, feature } = context.plan
  if (tasks.every(({ id }) => statusOf(id).settled)) {
    return new Refusal(
      'all_done',
      `Every task of ${feature.id} is done (${countOf(tasks.length, 'task')}), ${task.id} included, so ${move} did nothing.`,
      `To validate the feature, ${frontend.describeStep('run_validation')}.`,
    )
  }
  return new Refusal(
    'wrong_stage',
    `${task.id} is done, so ${move} did nothing.`,
    `To get the task that is due, ${frontend.describeStep('next_task')}.`,
  )
}

function failedRefusal(context: Context, task: Task): Refusal {
  return new Refusal(
    'halted',
    `${task.id} was reported as failed and has not been resumed, so nothing was run.`,
    `To resume it, ${context.call.frontend.describeStep('next_task', { task: task.id })}.`,
  )
}

/** The start of a task fixes how it is proven. An edit of the plan does not change that afterwards. */
function refuseChangedKind(context: Context, task: Task, start: EventOf<'start'>): void {
  if (start.provenAs === task.kind) return
  throw new Refusal(
    'conflict',
    `${task.id} was started as kind \`${start.provenAs}\`, but the plan now makes it \`${task.kind}\` (${task.kindReason}). Nothing was run.`,
    `Restore the plan. If the change is intended, ${context.call.frontend.describeStep('next_task', { task: task.id })} to start the task again.`,
  )
}

function notStarted(context: Context, task: Task, move: Move): Refusal {
  return new Refusal(
    'wrong_stage',
    `${task.id} has not been started, so ${move} did nothing. The server has to record the files before the work.`,
    `To start it, ${context.call.frontend.describeStep('next_task', { task: task.id })}.`,
  )
}

function wrongStage(context: Context, task: Task, stage: Stage, move: Move): Refusal {
  const { frontend } = context.call
  const needed = nextMove(task.kind, stage)
  const call = needed ? frontend.describeStep(needed, { task: task.id }) : ''
  const step = needed === 'record_red' ? `write a test that fails and ${call}` : call
  const kind = `${task.id} is proven as \`${task.kind}\` (${task.kindReason})`
  return needs(task.kind, move)
    ? new Refusal(
        'wrong_stage',
        `${kind} and is at stage ${stage}, so ${move} did nothing.`,
        `First ${step}.`,
        // A step in the wrong order is not a sign of a wrong kind.
        ...doubtfulKindNote(task),
      )
    : new Refusal(
        'wrong_stage',
        `${kind} and needs no ${move}, so nothing was done.`,
        `Instead, ${step}.`,
        kindHint(task),
      )
}

/** A human owns the settings. A task keeps the settings that it was started with until a human approves the change. */
export function refuseChangedSettings(context: Context, start: EventOf<'start'>): void {
  const { hash } = context.settings
  if (hash === start.settings) return
  const approved = context.ledger.events.some(
    event => event.kind === 'approved' && event.settings === hash && event.at >= start.at,
  )
  if (approved) return
  throw new HumanNeeded(
    { step: 'approve' },
    'settings_changed',
    `redgreen.config.json changed after ${start.task} was started, so nothing was run.`,
    'Restore it, or ask a human to approve the change with `redgreen approve` in a terminal.',
    channelHint(context),
  )
}
