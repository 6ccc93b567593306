import { beginsWith } from '../../evidence/growing-events.ts'
import { tasksWithPending } from '../../evidence/pending-tests.ts'
import { groupState } from '../../plan/groups.ts'
import type { Plan, Task } from '../../plan/plan.ts'
import { marksSince, rememberedWithoutMarks } from '../../plan/changed-marks.ts'
import { remembered, rememberedPair } from '../../plan/remembered.ts'
import { progressOf, type Progress } from '../../plan/progress.ts'
import type { Context } from './context.ts'
import { type TaskState, evidenceState } from './evidence-state.ts'

export type TaskStates = ReadonlyMap<string, TaskState>

type Facts = Pick<
  Context,
  'plan' | 'tasks' | 'histories' | 'pendingTests' | 'leases' | 'ledger' | 'state' | 'key'
>

/** The state of every task of the plan, by id. */
export function taskStates(context: Facts): TaskStates {
  const known = cache.get(context.plan)?.find(one => isSame(one, context))
  if (known) return known.states
  const base = latestStates(context)
  const changed = base ? changedSince(context, base) : context.plan.tasks
  const withPending = tasksWithPending(context.pendingTests)
  const states = new Map(base?.states)
  let isFinal = true
  for (const task of changed) {
    const { state, isCacheable } = evidenceState(context, task)
    const lease = context.leases.get(task.id)
    const hasPendingTests = withPending.has(task.id)
    const isPlain = lease === undefined && !hasPendingTests
    states.set(task.id, isPlain ? state : { ...state, hasPendingTests, ...(lease && { lease }) })
    isFinal &&= isCacheable
  }
  // Parts come after their group, so the innermost groups come first.
  for (const task of groupsIn(context.plan).toReversed()) {
    const state = states.get(task.id)
    if (state) states.set(task.id, { ...state, ...ofGroup(context, task, states) })
  }
  if (isFinal) remember(context, states)
  return states
}

const groupsIn = remembered((plan: Plan) =>
  hasGroups(plan) ? plan.tasks.filter(({ parts }) => parts !== undefined) : [],
)

const hasGroups = rememberedWithoutMarks(({ tasks }: Plan) =>
  tasks.some(({ parts }) => parts !== undefined),
)

/** The states of all tasks, with the facts that they were computed from. The histories represent all events. */
interface KnownStates extends Pick<Facts, 'histories' | 'pendingTests' | 'leases'> {
  events: Facts['ledger']['events']
  states: TaskStates
}

/**
 * The states of the same plan, perhaps with other marks, after the first of these events. The state of a group depends on those of its
 * parts.
 */
function latestStates({ plan, ledger }: Facts): KnownStates | undefined {
  const earlier = marksSince(plan)?.plan
  const known = cache.get(plan)?.at(-1) ?? (earlier && cache.get(earlier)?.at(-1))
  const isBase = known && groupsIn(plan).length === 0 && beginsWith(ledger.events, known.events)
  return isBase ? known : undefined
}

/** The tasks whose states may have changed with later marks, events, leases and pending tests. */
function changedSince(
  { plan, tasks, ledger, leases, pendingTests }: Facts,
  base: KnownStates,
): Task[] {
  const added = ledger.events.slice(base.events.length)
  const ids = [
    ...(marksSince(plan)?.tasks ?? []).map(({ now }) => now.id),
    ...added.flatMap(event => ('task' in event && event.task ? [event.task] : [])),
    ...base.leases.keys(),
    ...leases.keys(),
    ...tasksWithPending(base.pendingTests),
    ...tasksWithPending(pendingTests),
  ]
  return [...new Set(ids)].flatMap(id => tasks.get(id) ?? [])
}

/** By plan, the latest last. There are several, because a call needs the states with and without the caller's new lease. */
const cache = new WeakMap<Plan, KnownStates[]>()

const CACHE_SIZE = 3

function isSame(one: KnownStates, { histories, pendingTests, leases }: Facts): boolean {
  return (
    one.histories === histories &&
    one.pendingTests === pendingTests &&
    areSameLeases(one.leases, leases)
  )
}

function areSameLeases(some: Facts['leases'], others: Facts['leases']): boolean {
  return (
    some === others ||
    (some.size === others.size && JSON.stringify([...some]) === JSON.stringify([...others]))
  )
}

function remember(context: Facts, states: TaskStates): void {
  const { plan, histories, pendingTests, leases, ledger } = context
  const before = cache.get(plan) ?? []
  const known = [...before, { histories, pendingTests, leases, states, events: ledger.events }]
  cache.set(plan, known.slice(-CACHE_SIZE))
}

/** A group has no evidence of its own: the states of its parts decide. */
function ofGroup(
  { tasks }: Pick<Context, 'tasks'>,
  group: Task,
  states: TaskStates,
): Pick<TaskState, 'stage' | 'unverified'> {
  const parts = (group.parts ?? []).flatMap(id => tasks.get(id) ?? [])
  const { done, isCoveredByTicks } = groupState(parts, id => {
    const state = states.get(id)
    return (
      state && { settled: state.stage === 'done' || state.waived, unverified: state.unverified }
    )
  })
  const isTicked = group.markers[0]?.state === 'done'
  return { stage: done ? 'done' : 'todo', unverified: isTicked && !done && !isCoveredByTicks }
}

/** The progress of the feature, in total and by phase. */
export function progressAt(context: Facts, states: TaskStates = taskStates(context)): Progress {
  return progressFrom(states, context.plan)
}

const progressFrom = rememberedPair((states: TaskStates, plan: Plan) =>
  progressOf(plan, id => {
    const state = states.get(id)
    return {
      done: state?.stage === 'done',
      claimed: state?.unverified ?? false,
      waived: state?.waived ?? false,
      owed: state?.hasPendingTests ?? false,
    }
  }),
)
