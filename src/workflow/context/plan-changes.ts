import { lastEvent, type Event, type EventOf } from '../../evidence/event.ts'
import { derivedFromEvents } from '../../evidence/growing-events.ts'
import { specifiedCriteria } from '../../dialects/specified-criteria.ts'
import { planChanges, planRecord, type PlanRecord } from '../../plan/plan-record.ts'
import { rememberedPair } from '../../plan/remembered.ts'
import { asksTheSame, type PlanChange } from '../../plan/recorded-tasks.ts'
import type { Phase, Task } from '../../plan/plan.ts'
import { loadPlanRecord, savePlanRecord } from '../../store/plan-records.ts'
import type { Context } from './context.ts'

/** Stores a record of what the plan asks for. Returns its hash, for the event that refers to it. */
export function keepPlanRecord(context: Context): string {
  return savePlanRecord(context.state, context.key, currentRecord(context))
}

/**
 * What the plan asked for at the feature's start or at the last approval, and no longer asks for. Waived tasks are left out,
 * because a human has already decided about them.
 */
export function changesSinceAgreed(context: Context): PlanChange[] {
  const { ledger, histories, state, key } = context
  const hash = agreedHash(ledger.events)
  if (hash === undefined) return missingTasks(context)
  const agreed = loadPlanRecord(state, key, hash)
  if (!agreed) return [{ text: 'the record of the earlier plan is missing or damaged' }]
  const changes = planChanges(agreed, currentRecord(context))
  const isKnown = (change: PlanChange) => agreed.tasks.some(({ id }) => id === change.task)
  return [
    ...changes.filter(({ task = '' }) => histories.get(task)?.waived === undefined),
    ...missingTasks(context).filter(change => !isKnown(change)),
  ]
}

/** What the plan asked for when the feature started and no longer asks for, also if a human has confirmed that since. */
export function changesSinceStart(context: Context): PlanChange[] {
  const { ledger, state, key } = context
  const first = ledger.events.find(event => event.kind === 'start' && event.plan !== undefined)
  const hash = first?.kind === 'start' ? first.plan : undefined
  const started = hash === undefined ? undefined : loadPlanRecord(state, key, hash)
  return started ? planChanges(started, currentRecord(context)) : []
}

/** Tasks that have events but are no longer in the plan, unless a human approved the plan since. */
function missingTasks({ ledger, tasks, histories }: Context): PlanChange[] {
  const missing = idsWithoutTask(histories, tasks)
  if (missing.size === 0) return []
  const approved = lastEvent(ledger.events, 'approved')?.at ?? ''
  const last = new Map(
    ledger.events.flatMap(event =>
      'task' in event && missing.has(event.task) ? [[event.task, event.at] as const] : [],
    ),
  )
  const since = [...last].filter(([, at]) => at > approved)
  return since.map(([task]) => ({ task, text: `${task} was worked on and is gone` }))
}

const idsWithoutTask = rememberedPair(
  (histories: Context['histories'], tasks: Context['tasks']): ReadonlySet<string> => {
    const isMissing = (id: string) => !tasks.has(id) && histories.get(id)?.waived === undefined
    return new Set([...histories.keys()].filter(isMissing))
  },
)

/** True if a human approved the task with its current title after this event. */
function isAgreedSince(
  { ledger, state, key }: Pick<Context, 'ledger' | 'state' | 'key'>,
  event: Event,
  task: Task,
): boolean {
  const agreed = lastEvent(ledger.events, 'approved', approval => {
    if (approval.at < event.at || approval.plan === undefined) return false
    const record = loadPlanRecord(state, key, approval.plan)
    return record?.tasks.some(({ id, title }) => id === task.id && title === task.title) ?? false
  })
  return agreed !== undefined
}

/** Does the task ask for the same as when it was started? */
export function asksForTask({ title, names = [] }: EventOf<'start'>, task: Task): boolean {
  return asksTheSame({ title, files: names }, task)
}

/**
 * The title that a task was started with, if it asks for something else now and no human has approved the new text since. Its
 * proof would not count for the new text.
 */
export function startedAs(
  context: Pick<Context, 'ledger' | 'state' | 'key'>,
  task: Task,
  start: EventOf<'start'>,
): string | undefined {
  return asksForTask(start, task) || isAgreedSince(context, start, task) ? undefined : start.title
}

/** True if an event refers to a record of the plan. */
export function hasAgreedPlan({ ledger }: Pick<Context, 'ledger'>): boolean {
  return agreedHash(ledger.events) !== undefined
}

const agreedHash = derivedFromEvents<Event, string | undefined>((events, before) => {
  const plans = events.flatMap(event =>
    event.kind === 'start' || event.kind === 'approved' ? (event.plan ?? []) : [],
  )
  return plans.at(-1) ?? before
})

/** What the plan asks for now. */
export function currentRecord({ dialect, reader, plan }: Context): PlanRecord {
  const criteria = specifiedCriteria(plan.documents, path => reader.read(path))
  const { application } = dialect.production?.(reader, plan) ?? {}
  const isReviewed = (phase: Phase) => dialect.question?.(reader, plan, phase) !== undefined
  return planRecord(plan, application, criteria, isReviewed)
}
