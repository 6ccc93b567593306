import { hashOf } from '../../evidence/chain.ts'
import { lastEvent } from '../../evidence/event.ts'
import { structureOf } from '../../plan/structure.ts'
import { formatList } from '../../plan/format-list.ts'
import type { Plan } from '../../plan/plan.ts'
import type { FeatureReadiness } from '../../dialects/dialect.ts'
import { channelHint } from '../approval/remote-channels.ts'
import type { Context } from '../context/context.ts'
import { changesSinceAgreed } from '../context/plan-changes.ts'
import { HumanNeeded, Refusal } from '../context/refusal.ts'

/** Refuses to start a task if the workflow or the settings require an approval that the plan does not have. */
export function refuseNotApproved(context: Context): void {
  const readiness = readinessOf(context)
  if (readiness.ready) return
  const { fact, remedy } = readiness
  if (readiness.humanDecision && isApproved(context)) return
  const reason = changedSinceApproval(context) ?? fact
  const refusal = ['not_approved', reason, 'No task was started.', remedy] as const
  if (!readiness.humanDecision) throw new Refusal(...refusal)
  throw new HumanNeeded({ step: 'approve' }, ...refusal, channelHint(context))
}

/** Does the plan wait for `redgreen approve` before its first task? */
export function waitsForApproval(context: Context): boolean {
  const readiness = readinessOf(context)
  return !readiness.ready && readiness.humanDecision && !isApproved(context)
}

/** Refuses to validate if a human approved the plan with other tasks. */
export function refuseOtherPlan(context: Context): void {
  const fact = changedSinceApproval(context)
  if (fact === undefined) return
  throw new HumanNeeded(
    { step: 'approve' },
    'not_approved',
    fact,
    'Nothing was validated.',
    'Restore the plan, or ask a human to approve the change with `redgreen approve` in a terminal.',
    channelHint(context),
  )
}

/** Refuses to validate a plan that asks for less than at the feature's start or at the last approval. */
export function refuseChangedPlan(context: Context): void {
  const changes = changesSinceAgreed(context).map(({ text }) => text)
  if (changes.length === 0) return
  throw new HumanNeeded(
    { step: 'approve' },
    wasApproved(context) ? 'not_approved' : 'plan_changed',
    `The plan of ${context.plan.feature.id} asks for less than at its start or its last approval: ${formatList(changes, MAX_CHANGES, '; ')}.`,
    'Nothing was validated.',
    'Restore the plan, or ask a human to approve the change with `redgreen approve` in a terminal.',
    channelHint(context),
  )
}

/** True if a human approved the plan, here or by a status in the workflow's file. */
function wasApproved({ ledger, dialect }: Context): boolean {
  return lastEvent(ledger.events, 'approved') !== undefined || dialect.planStatus !== undefined
}

const MAX_CHANGES = 5

/** A sentence if the plan needs an approval and changed after it. Marks may change. */
export function changedSinceApproval(context: Context): string | undefined {
  const readiness = readinessOf(context)
  const approved = lastEvent(context.ledger.events, 'approved')
  if (readiness.ready || !readiness.humanDecision || !approved || isApproved(context))
    return undefined
  return `The tasks of ${context.plan.feature.id} changed after a human approved them on ${approved.at.slice(0, 10)}.`
}

function isApproved({ ledger, plan }: Context): boolean {
  return lastEvent(ledger.events, 'approved')?.structure === structureHash(plan)
}

/** Hash of what a human approves. */
export function structureHash(plan: Plan): string {
  return hashOf(structureOf(plan))
}

const REQUIRED_BY_SETTINGS: FeatureReadiness = {
  ready: false,
  fact: 'The settings require that a human approves the plan, and nobody has.',
  remedy: 'Ask a human to read it and to run `redgreen approve` in a terminal.',
  humanDecision: true,
}

function readinessOf({ dialect, reader, plan, settings }: Context): FeatureReadiness {
  const { required } = settings.approval
  const own = dialect.readiness?.(reader, plan) ?? {
    ready: true,
    evidence: 'the workflow has no approval',
  }
  // The settings cannot override what the workflow's own files refuse.
  if (!own.ready && !own.humanDecision) return own
  if (required === 'always') return own.ready ? REQUIRED_BY_SETTINGS : own
  if (required === 'phase' && !own.ready && own.phase !== undefined)
    return { ready: true, evidence: `${own.phase}, which the settings accept` }
  return required === 'never' ? { ready: true, evidence: 'the settings require none' } : own
}
