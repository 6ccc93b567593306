import { lastEvent, type Event, type EventOf } from '../../evidence/event.ts'
import { specifiedCriteria } from '../../dialects/specified-criteria.ts'
import {
  asksTheSame,
  planChanges,
  planRecord,
  type PlanChange,
  type PlanRecord,
} from '../../plan/plan-record.ts'
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
  const known = new Set(agreed.tasks.map(({ id }) => id))
  return [
    ...changes.filter(({ task = '' }) => histories.get(task)?.waived === undefined),
    ...missingTasks(context).filter(({ task = '' }) => !known.has(task)),
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
  const approved = lastEvent(ledger.events, 'approved')?.at ?? ''
  const last = new Map(
    ledger.events.flatMap(event => ('task' in event ? [[event.task, event.at] as const] : [])),
  )
  const missing = [...last].filter(
    ([id, at]) => !tasks.has(id) && at > approved && histories.get(id)?.waived === undefined,
  )
  return missing.map(([task]) => ({ task, text: `${task} was worked on and is gone` }))
}

/** True if a human approved the task with its current title after this event. */
function isAgreedSince(
  { ledger, state, key }: Pick<Context, 'ledger' | 'state' | 'key'>,
  event: Event,
  task: Task,
): boolean {
  return ledger.events.some(approval => {
    if (approval.kind !== 'approved' || approval.at < event.at || approval.plan === undefined)
      return false
    const record = loadPlanRecord(state, key, approval.plan)
    return record?.tasks.some(({ id, title }) => id === task.id && title === task.title) ?? false
  })
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
  const isSame = asksTheSame({ title: start.title, files: start.names ?? [] }, task)
  return isSame || isAgreedSince(context, start, task) ? undefined : start.title
}

/** True if an event refers to a record of the plan. */
export function hasAgreedPlan({ ledger }: Pick<Context, 'ledger'>): boolean {
  return agreedHash(ledger.events) !== undefined
}

function agreedHash(events: readonly Event[]): string | undefined {
  for (const event of events.toReversed()) {
    if ((event.kind === 'start' || event.kind === 'approved') && event.plan !== undefined)
      return event.plan
  }
  return undefined
}

/** What the plan asks for now. */
export function currentRecord({ dialect, reader, plan }: Context): PlanRecord {
  const criteria = specifiedCriteria(plan.documents, path => reader.read(path))
  const { application } = dialect.production?.(reader, plan) ?? {}
  const isReviewed = (phase: Phase) => dialect.question?.(reader, plan, phase) !== undefined
  return planRecord(plan, application, criteria, isReviewed)
}
