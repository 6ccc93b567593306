import { mayStart, ready, waiting, type Wait } from '../../plan/order.ts'
import type { Task } from '../../plan/plan.ts'
import { requireTask, type Context } from '../context/context.ts'
import { refuseForeignLease } from './may-move.ts'
import { phasesToConfirm } from '../context/phases.ts'
import { humanTaskRefusal, phaseReviewRefusal } from '../approval/needs-human.ts'
import { Refusal } from '../context/refusal.ts'
import { scheduleState } from '../context/schedule-state.ts'
import { type TaskStates } from '../context/task-state.ts'

/** The task to do next; `undefined` when none is left. */
export function chooseTask(context: Context, states: TaskStates): Task | undefined {
  const { plan, call } = context
  const mine = plan.tasks.find(({ id }) => {
    const status = states.get(id)
    return status?.stage !== 'done' && status?.lease?.holder.id === call.holder.id
  })
  if (mine) return mine
  const schedule = scheduleState(context, states)
  if (schedule.halted) throw haltedAt(context, schedule.halted.task)
  const startable = ready(plan, schedule).filter(id => requireTask(context, id).kind !== 'person')
  // What was begun by somebody who is gone comes before anything new.
  const [id] = [...startable.filter(id => begun(states, id)), ...startable]
  if (id !== undefined) return requireTask(context, id)
  const open = plan.tasks.filter(task => {
    const { settled, unverified: claimed, other } = schedule.statusOf(task.id)
    return !(settled || claimed || other)
  })
  const [person] = ready(plan, schedule)
  if (person !== undefined) throw humanTaskRefusal(context, requireTask(context, person))
  const [phase] = phasesToConfirm(context, states)
  if (phase) throw phaseReviewRefusal(context, phase)
  if (open.length === 0) return undefined
  throw nothingReady(context, open, states)
}

function begun(states: TaskStates, id: string): boolean {
  const status = states.get(id)
  return status?.history.start !== undefined && !status.failed
}

/** The task that the caller asked for, provided that it may start or go on. */
export function requestedTask(context: Context, states: TaskStates, id: string): Task {
  const task = requireTask(context, id)
  const status = states.get(id)
  if (!status || status.stage === 'done') throw alreadyDone(context, id)
  refuseForeignLease(context, task, status)
  if (begun(states, id) && status.lease) return task
  const start = mayStart(context.plan, id, scheduleState(context, states))
  if (start.ready && task.kind === 'person') throw humanTaskRefusal(context, task)
  if (start.ready) return task
  const [phase] = phasesToConfirm(context, states)
  if (phase && start.waits.some(wait => wait.for === phase.name))
    throw phaseReviewRefusal(context, phase)
  throw waitingRefusal(context, id, start.waits)
}

/** A task cannot start yet: what it waits for, and what would help. */
export function waitingRefusal(context: Context, id: string, reasons: readonly Wait[]): Refusal {
  const waits = reasons.map(wait => `${wait.for} (${wait.why})`)
  const [first] = reasons
  const problem = context.plan.problems.some(({ blocks }) => blocks?.includes(id))
  const unproven = first?.why.startsWith('ticked by hand') ? first.for : undefined
  return new Refusal(
    problem ? 'plan_invalid' : 'not_ready',
    `${id} waits for ${listed(waits)}, so it was not started.`,
    unproven === undefined
      ? `To get the task that is due, ${context.call.frontend.describeStep('next_task')}.`
      : `To prove ${unproven}, ${context.call.frontend.describeStep('next_task', { task: unproven })}; or a person waives it with \`redgreen waive ${unproven} --reason …\`.`,
  )
}

function alreadyDone(context: Context, id: string): Refusal {
  return new Refusal(
    'wrong_stage',
    `${id} is done, so it was not started again.`,
    `To do it again, take its mark away in ${context.plan.feature.dir}; else ${context.call.frontend.describeStep('next_task')}.`,
  )
}

function haltedAt(context: Context, failed: string): Refusal {
  const error = context.histories.get(failed)?.failed?.error ?? ''
  return new Refusal(
    'halted',
    `${context.plan.feature.id} is halted: ${failed} failed and is not [P] (${error}), so no task was started.`,
    `Mend it, then ${context.call.frontend.describeStep('next_task', { task: failed })} to resume there.`,
  )
}

function nothingReady(context: Context, open: readonly Task[], states: TaskStates): Refusal {
  const held = open.filter(({ id }) => states.get(id)?.lease)
  const [first] = held
  if (first) {
    const claim = states.get(first.id)?.lease
    return new Refusal(
      'claimed',
      `Nothing else can start: ${first.id} has been claimed by ${claim?.holder.name} since ${claim?.since}${held.length > 1 ? `, and ${held.length - 1} more` : ''}.`,
      `No task was started. ${context.call.frontend.describeStep('next_task')} again when it is finished.`,
    )
  }
  const [wait] = waiting(context.plan, scheduleState(context, states))
  const problem = context.plan.problems.find(({ blocks }) => blocks?.includes(wait?.id ?? ''))
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
