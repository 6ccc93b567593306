import type { EventOf } from '../../evidence/event.ts'
import { allows, needs, nextMove, type Move, type Stage } from '../../evidence/stage.ts'
import { takenSince } from '../../store/leases/leases.ts'
import type { Task } from '../../plan/plan.ts'
import { alsoInClient } from '../approval/client-channel.ts'
import { refuseBrokenLedger, type Desk } from '../context/context.ts'
import { PersonNeeded, Refusal } from '../context/refusal.ts'
import { situationOf } from '../context/schedule-state.ts'
import { standingsOf, type TaskStanding } from '../context/task-state.ts'

/** A started task, and what is known of it. */
export interface Started {
  task: Task
  standing: TaskStanding
  start: EventOf<'start'>
}

/** May this caller make this move with this task now? Refuses with what it needs first. */
export function mayMove(desk: Desk, task: Task, move: Move): Started {
  refuseBrokenLedger(desk)
  const standings = standingsOf(desk)
  const standing = standings.get(task.id)
  if (!standing) throw new Error(`Task ${task.id} has no standing.`)
  if (standing.stage === 'done') throw finished(desk, task, move)
  refuseOthersClaim(desk, task, standing)
  refuseLate(desk, task)
  const { start } = standing.history
  if (!start) throw notStarted(desk, task, move)
  if (standing.failed) throw stillFailed(desk, task)
  refuseOtherKind(desk, task, start)
  if (!allows(task.kind, standing.stage, move)) throw wrongStage(desk, task, standing.stage, move)
  refuseChangedSettings(desk, start)
  return { task, standing, start }
}

/** Is somebody else, who is still there, at this task? */
export function refuseOthersClaim(desk: Desk, task: Task, { claim }: TaskStanding): void {
  if (!claim || claim.holder.id === desk.call.holder.id) return
  throw new Refusal(
    'claimed',
    `${task.id} has been claimed by ${claim.holder.name} since ${claim.since}, until ${claim.until} or until that process ends.`,
    'It was not touched.',
    `To get another task, ${desk.call.surface.tell('next_task')}.`,
  )
}

/** A result that comes after somebody else had the task is not counted, even when they have left it by now. */
export function refuseLate(desk: Desk, task: Task): void {
  const { state, book, plan, call } = desk
  const later = takenSince(state, book, plan.feature.id, task.id, call.holder)
  if (!later) return
  throw new Refusal(
    'claimed',
    `${task.id} was taken over by ${later.holder.name} at ${later.since}, because your claim had run out.`,
    'Nothing was recorded.',
    `To take it again, ${call.surface.tell('next_task', { task: task.id })}.`,
  )
}

function finished(desk: Desk, task: Task, move: Move): Refusal {
  const { surface } = desk.call
  const { standing } = situationOf(desk)
  const allDone = desk.plan.tasks.every(({ id }) => standing(id).settled)
  if (allDone) {
    return new Refusal(
      'all_done',
      `All ${desk.plan.tasks.length} tasks of ${desk.plan.feature.id} are done, ${task.id} among them, so ${move} did nothing.`,
      `To validate the feature, ${surface.tell('run_validation')}.`,
    )
  }
  return new Refusal(
    'wrong_stage',
    `${task.id} is done, so ${move} did nothing.`,
    `To get the task that is due, ${surface.tell('next_task')}.`,
  )
}

function stillFailed(desk: Desk, task: Task): Refusal {
  return new Refusal(
    'halted',
    `${task.id} was reported as failed and nobody has resumed it, so nothing was run.`,
    `To resume it, ${desk.call.surface.tell('next_task', { task: task.id })}.`,
  )
}

/** How a task has to be proven was settled when it was started; an edit of the plan does not change that under way. */
function refuseOtherKind(desk: Desk, task: Task, start: EventOf<'start'>): void {
  if (start.provenAs === task.kind) return
  throw new Refusal(
    'conflict',
    `${task.id} was started to be proven as \`${start.provenAs}\`, and by the plan of now it would be \`${task.kind}\` (${task.kindReason}), so nothing was run.`,
    `Put the plan back, or, when a person has changed it, ${desk.call.surface.tell('next_task', { task: task.id })} to start the task again.`,
  )
}

function notStarted(desk: Desk, task: Task, move: Move): Refusal {
  return new Refusal(
    'wrong_stage',
    `${task.id} has not been started, so ${move} did nothing: the server has to see the files as they are before the work.`,
    `To start it, ${desk.call.surface.tell('next_task', { task: task.id })}.`,
  )
}

function wrongStage(desk: Desk, task: Task, stage: Stage, move: Move): Refusal {
  const needed = nextMove(task.kind, stage)
  const known = `${task.id} is proven as \`${task.kind}\` (${task.kindReason})`
  const told = needed ? desk.call.surface.tell(needed, { task: task.id }) : ''
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
function refuseChangedSettings(desk: Desk, start: EventOf<'start'>): void {
  const { hash } = desk.settings
  if (hash === start.settings) return
  const approved = desk.ledger.events.some(
    event => event.kind === 'approved' && event.settings === hash && event.at >= start.at,
  )
  if (approved) return
  throw new PersonNeeded(
    { step: 'approve' },
    'settings_changed',
    `redgreen.config.json changed since ${start.task} was started, so nothing was run.`,
    'Put it back, or ask a person to confirm it with `redgreen approve` in a terminal.',
    alsoInClient(desk),
  )
}
