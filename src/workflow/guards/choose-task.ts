import { countOf, formatList } from '../../plan/format-list.ts'
import { mayStart, ready, waiting, type Wait } from '../../plan/order.ts'
import type { Task } from '../../plan/plan.ts'
import { findLease } from '../../store/leases/leases.ts'
import type { Context } from '../context/context.ts'
import { namedTask, requireTask } from '../context/named-task.ts'
import { mergeHint, refuseForeignLease, releaseHint } from './require-stage.ts'
import { describeHolder, elsewhereNote, taskHolder } from '../context/task-holder.ts'
import { phasesToConfirm } from '../context/phases.ts'
import { humanTaskRefusal, phaseReviewRefusal } from '../approval/needs-human.ts'
import { Refusal } from '../context/refusal.ts'
import { scheduleState } from '../context/schedule-state.ts'
import { type TaskStates } from '../context/task-state.ts'
import { unprovenRemedy } from '../context/unproven-ticks.ts'

/** The task to do next. `undefined` if none is left. Refuses if tasks are left but none can start. */
export function chooseTask(context: Context, states: TaskStates): Task | undefined {
  const { plan } = context
  const own = ownTask(context, states)
  if (own) return own
  const schedule = scheduleState(context, states)
  const halted = schedule.halted?.task
  const startable = ready(plan, schedule).filter(
    id => id !== halted && requireTask(context, id).kind !== 'person',
  )
  // Only tasks that the failed one builds on can start, if they are open again.
  if (halted !== undefined && startable.length === 0) throw haltedRefusal(context, halted)
  const [id] = inOrder(context, states, startable)
  if (id !== undefined) return requireTask(context, id)
  const open = plan.tasks.filter(task => {
    const { settled, unverified, other } = schedule.statusOf(task.id)
    return !(settled || unverified || other)
  })
  const [humanTask] = ready(plan, schedule)
  if (humanTask !== undefined) throw humanTaskRefusal(context, requireTask(context, humanTask))
  const [phase] = phasesToConfirm(context, states)
  if (phase) throw phaseReviewRefusal(context, phase)
  if (open.length === 0) return undefined
  throw nothingReady(context, open, states)
}

/** The first task that the caller works on. */
function ownTask({ plan, tasks, call, leases }: Context, states: TaskStates): Task | undefined {
  const own = [...leases].filter(([id, { holder }]) => {
    const state = states.get(id)
    // Nothing is left to do for a task that a human waived.
    return holder.id === call.holder.id && state && state.stage !== 'done' && !state.waived
  })
  const ids = new Set(own.map(([id]) => id))
  const [only = ''] = ids
  return ids.size < 2 ? tasks.get(only) : plan.tasks.find(({ id }) => ids.has(id))
}

/**
 * The tasks in the order in which the caller gets them. One that they, or a process that has ended, started and left comes before a new
 * one. A caller over HTTP who started a task may continue with it when the server runs again, so it comes last for others.
 */
function inOrder(context: Context, states: TaskStates, ids: readonly string[]): string[] {
  const { leaseTable, key, call } = context
  const rank = (id: string) => {
    const left = findLease(leaseTable, key, id)?.holder
    if (!isStarted(states, id)) return 2
    if (left?.id === call.holder.id) return 0
    return left?.claim ? 3 : 1
  }
  return ids.toSorted((a, b) => rank(a) - rank(b))
}

function isStarted(states: TaskStates, id: string): boolean {
  const state = states.get(id)
  return state?.history.start !== undefined && !state.failed
}

/** The task that the caller asked for. Refuses if it cannot start or continue. */
export function requestedTask(context: Context, states: TaskStates, name: string): Task {
  const task = namedTask(context, name)
  const { id } = task
  const state = states.get(id)
  if (!state || state.stage === 'done') throw alreadyDone(context, id)
  refuseForeignLease(context, task, state)
  if (isStarted(states, id) && state.lease) return task
  const start = mayStart(context.plan, id, scheduleState(context, states))
  if (start.ready && task.kind === 'person') throw humanTaskRefusal(context, task)
  if (start.ready) return task
  const [phase] = phasesToConfirm(context, states)
  if (phase && start.waits.some(wait => wait.for === phase.name))
    throw phaseReviewRefusal(context, phase)
  throw waitingRefusal(context, id, start.waits)
}

/** The refusal for a task that cannot start yet. It names what the task waits for. */
export function waitingRefusal(context: Context, id: string, waits: readonly Wait[]): Refusal {
  const isProblem = context.plan.problems.some(({ blocks }) => blocks?.includes(id))
  return new Refusal(
    isProblem ? 'plan_invalid' : 'not_ready',
    `${id} waits for ${describeWaits(context, waits)}, so it was not started.`,
    proveRemedy(context, waits) ??
      `To get the task that is due, ${context.call.frontend.describeStep('next_task')}.`,
  )
}

/** What to do if one of the things to wait for is a task that was ticked in the file but not proven, or that the plan drops. */
function proveRemedy(context: Context, waits: readonly Wait[]): string | undefined {
  const { statusOf } = scheduleState(context)
  const ticked = waits.find(wait => statusOf(wait.for).unverified)
  if (ticked) return unprovenRemedy(context, ticked.for)
  const dropped = waits.find(wait => context.tasks.has(wait.for) && statusOf(wait.for).other)
  return (
    dropped &&
    `Nobody is asked to do ${dropped.for}. Ask a human to remove it from the dependencies in the plan, or to waive it with \`redgreen waive ${dropped.for} --reason …\`.`
  )
}

function alreadyDone(context: Context, id: string): Refusal {
  return new Refusal(
    'wrong_stage',
    `${id} is done, so it was not started again.`,
    `To do it again, ask a human to reopen it with \`redgreen reopen ${id}\`. To get the task that is due, ${context.call.frontend.describeStep('next_task')}.`,
  )
}

function haltedRefusal(context: Context, failed: string): Refusal {
  const error = context.histories.get(failed)?.failed?.error ?? ''
  return new Refusal(
    'halted',
    `${context.plan.feature.id} is halted because ${failed} failed (${error}) and later tasks build on it. No task was started.`,
    `Fix the cause. To resume, ${context.call.frontend.describeStep('next_task', { task: failed })}.`,
  )
}

function nothingReady(context: Context, open: readonly Task[], states: TaskStates): Refusal {
  const { frontend } = context.call
  const inProgress = open.filter(({ id }) => states.get(id)?.lease)
  const [first] = inProgress
  if (first) {
    const holder = taskHolder(context, first.id)
    const others = describeOthers(context, inProgress.slice(1))
    const remedy = holder?.finished
      ? `${mergeHint(holder, first.id)} Then ${frontend.describeStep('next_task')} again.`
      : `When it is finished, ${frontend.describeStep('next_task')} again. ${releaseHint(first.id)}`
    return new Refusal(
      'claimed',
      `No other task can start: ${holder ? describeHolder(holder, first.id) : first.id}${others}.`,
      `No task was started. ${remedy}`,
    )
  }
  const [blocked] = waiting(context.plan, scheduleState(context, states))
  const problem = context.plan.problems.find(({ blocks }) => blocks?.includes(blocked?.id ?? ''))
  const waits = blocked?.waits ?? []
  return new Refusal(
    problem ? 'plan_invalid' : 'not_ready',
    `${countOf(open.length, 'task')} ${open.length === 1 ? 'is' : 'are'} open and none can start: ${blocked?.id ?? ''} waits for ${describeWaits(context, waits)}.`,
    'No task was started.',
    problem
      ? `Ask a human to correct ${problem.path}, line ${problem.line}.`
      : (proveRemedy(context, waits) ??
          `When that is no longer in the way, ${frontend.describeStep('next_task')} again.`),
  )
}

/** The tasks that others work on, except the first one, with those in other clones by name. */
function describeOthers(context: Context, tasks: readonly Task[]): string {
  if (tasks.length === 0) return ''
  const elsewhere = tasks.flatMap(({ id }) => {
    const note = elsewhereNote(context, id)
    return note === '' ? [] : [`${id}${note}`]
  })
  const named = elsewhere.slice(0, MAX_LISTED).join(', ')
  const more = elsewhere.length > MAX_LISTED ? ', …' : ''
  return `, and ${tasks.length} more ${tasks.length === 1 ? 'is' : 'are'} in progress${named === '' ? '' : ` (${named}${more})`}`
}

const MAX_LISTED = 3

function describeWaits(context: Context, waits: readonly Wait[]): string {
  return formatList(
    waits.map(wait => `${wait.for} (${wait.why}${elsewhereNote(context, wait.for)})`),
  )
}
