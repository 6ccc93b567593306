import { mayStart, ready, waiting, type Wait } from '../../plan/order.ts'
import type { Task } from '../../plan/plan.ts'
import { taskOf, type Desk } from '../context/context.ts'
import { refuseOthersClaim } from './may-move.ts'
import { phasesToConfirm } from '../context/phases.ts'
import { forPerson, phaseWaits } from '../approval/needs-human.ts'
import { Refusal } from '../context/refusal.ts'
import { situationOf } from '../context/schedule-state.ts'
import { type Standings } from '../context/task-state.ts'

/** The task to do next; `undefined` when none is left. */
export function dueTask(desk: Desk, standings: Standings): Task | undefined {
  const { plan, call } = desk
  const mine = plan.tasks.find(({ id }) => {
    const standing = standings.get(id)
    return standing?.stage !== 'done' && standing?.claim?.holder.id === call.holder.id
  })
  if (mine) return mine
  const situation = situationOf(desk, standings)
  if (situation.halted) throw haltedAt(desk, situation.halted.task)
  const startable = ready(plan, situation).filter(id => taskOf(desk, id).kind !== 'person')
  // What was begun by somebody who is gone comes before anything new.
  const [id] = [...startable.filter(id => begun(standings, id)), ...startable]
  if (id !== undefined) return taskOf(desk, id)
  const open = plan.tasks.filter(task => {
    const { settled, claimed, other } = situation.standing(task.id)
    return !(settled || claimed || other)
  })
  const [person] = ready(plan, situation)
  if (person !== undefined) throw forPerson(desk, taskOf(desk, person))
  const [phase] = phasesToConfirm(desk, standings)
  if (phase) throw phaseWaits(desk, phase)
  if (open.length === 0) return undefined
  throw nothingReady(desk, open, standings)
}

function begun(standings: Standings, id: string): boolean {
  const standing = standings.get(id)
  return standing?.history.start !== undefined && !standing.failed
}

/** The task that the caller asked for, provided that it may start or go on. */
export function askedTask(desk: Desk, standings: Standings, id: string): Task {
  const task = taskOf(desk, id)
  const standing = standings.get(id)
  if (!standing || standing.stage === 'done') throw alreadyDone(desk, id)
  refuseOthersClaim(desk, task, standing)
  if (begun(standings, id) && standing.claim) return task
  const start = mayStart(desk.plan, id, situationOf(desk, standings))
  if (start.ready && task.kind === 'person') throw forPerson(desk, task)
  if (start.ready) return task
  const [phase] = phasesToConfirm(desk, standings)
  if (phase && start.waits.some(wait => wait.for === phase.name)) throw phaseWaits(desk, phase)
  throw stillWaits(desk, id, start.waits)
}

/** A task cannot start yet: what it waits for, and what would help. */
export function stillWaits(desk: Desk, id: string, reasons: readonly Wait[]): Refusal {
  const waits = reasons.map(wait => `${wait.for} (${wait.why})`)
  const [first] = reasons
  const problem = desk.plan.problems.some(({ blocks }) => blocks?.includes(id))
  const unproven = first?.why.startsWith('ticked by hand') ? first.for : undefined
  return new Refusal(
    problem ? 'plan_invalid' : 'not_ready',
    `${id} waits for ${listed(waits)}, so it was not started.`,
    unproven === undefined
      ? `To get the task that is due, ${desk.call.surface.tell('next_task')}.`
      : `To prove ${unproven}, ${desk.call.surface.tell('next_task', { task: unproven })}; or a person waives it with \`redgreen waive ${unproven} --reason …\`.`,
  )
}

function alreadyDone(desk: Desk, id: string): Refusal {
  return new Refusal(
    'wrong_stage',
    `${id} is done, so it was not started again.`,
    `To do it again, take its mark away in ${desk.plan.feature.dir}; else ${desk.call.surface.tell('next_task')}.`,
  )
}

function haltedAt(desk: Desk, failed: string): Refusal {
  const error = desk.histories.get(failed)?.failed?.error ?? ''
  return new Refusal(
    'halted',
    `${desk.plan.feature.id} is halted: ${failed} failed and is not [P] (${error}), so no task was started.`,
    `Mend it, then ${desk.call.surface.tell('next_task', { task: failed })} to resume there.`,
  )
}

function nothingReady(desk: Desk, open: readonly Task[], standings: Standings): Refusal {
  const held = open.filter(({ id }) => standings.get(id)?.claim)
  const [first] = held
  if (first) {
    const claim = standings.get(first.id)?.claim
    return new Refusal(
      'claimed',
      `Nothing else can start: ${first.id} has been claimed by ${claim?.holder.name} since ${claim?.since}${held.length > 1 ? `, and ${held.length - 1} more` : ''}.`,
      `No task was started. ${desk.call.surface.tell('next_task')} again when it is finished.`,
    )
  }
  const [wait] = waiting(desk.plan, situationOf(desk, standings))
  const problem = desk.plan.problems.find(({ blocks }) => blocks?.includes(wait?.id ?? ''))
  const reasons = wait?.waits.map(one => `${one.for} (${one.why})`) ?? []
  return new Refusal(
    problem ? 'plan_invalid' : 'not_ready',
    `${open.length} tasks are open and none can start: ${wait?.id ?? ''} waits for ${listed(reasons)}.`,
    problem
      ? `Nothing was started. A person has to mend ${problem.path}, line ${problem.line}.`
      : 'Nothing was started.',
  )
}

function listed(all: readonly string[]): string {
  const last = all.at(-1) ?? ''
  return all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${last}` : last
}
