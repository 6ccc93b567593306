import { hashOf } from '../../evidence/chain.ts'
import { lastEvent, type EventOf } from '../../evidence/event.ts'
import { structureOf } from '../../plan/structure.ts'
import type { Plan } from '../../plan/plan.ts'
import type { FeatureReadiness } from '../../dialects/dialect.ts'
import { clientChannelHint } from '../approval/client-channel.ts'
import type { Context } from '../context/context.ts'
import { changesSinceAgreed } from '../context/plan-changes.ts'
import { HumanNeeded, Refusal } from '../context/refusal.ts'

/** Refuses to start work on a plan that nobody has agreed to, where its workflow or the settings ask for that. */
export function refuseNotApproved(context: Context): void {
  const readiness = readinessOf(context)
  if (readiness.ready) return
  const { fact, remedy } = readiness
  if (readiness.humanDecision && isApproved(context)) return
  const other = changedSinceApproval(context)
  const said = ['not_approved', other ?? fact, 'No task was started.', remedy] as const
  if (!readiness.humanDecision) throw new Refusal(...said)
  throw new HumanNeeded({ step: 'approve' }, ...said, clientChannelHint(context))
}

/** Refuses to take the tasks of now for the whole of a plan that a person has approved with others. */
export function refuseOtherPlan(context: Context): void {
  const fact = changedSinceApproval(context)
  if (fact === undefined) return
  const remedy = 'Put the plan back, or ask a person to run `redgreen approve` in a terminal.'
  throw new HumanNeeded(
    { step: 'approve' },
    'not_approved',
    fact,
    'Nothing was validated.',
    remedy,
    clientChannelHint(context),
  )
}

/** Refuses to validate a plan that asks for less than at the feature's start or at the last approval. */
export function refuseChangedPlan(context: Context): void {
  const changes = changesSinceAgreed(context).map(({ text }) => text)
  if (changes.length === 0) return
  const more = changes.length > MOST_CHANGES ? ` and ${changes.length - MOST_CHANGES} more` : ''
  throw new HumanNeeded(
    { step: 'approve' },
    wasApproved(context) ? 'not_approved' : 'plan_changed',
    `The plan of ${context.plan.feature.id} asks for less than was agreed to: ${changes.slice(0, MOST_CHANGES).join('; ')}${more}.`,
    'Nothing was validated.',
    'Restore the plan, or ask a human to confirm the change with `redgreen approve` in a terminal.',
    clientChannelHint(context),
  )
}

/** By a human's word here, or in a file whose status says so. */
function wasApproved(context: Context): boolean {
  return lastApproval(context) !== undefined || context.dialect.planStatus !== undefined
}

const MOST_CHANGES = 5

/** What is to be said of a plan that needs an approval and is another one by now than was approved. */
export function changedSinceApproval(context: Context): string | undefined {
  const readiness = readinessOf(context)
  const approved = lastApproval(context)
  if (readiness.ready || !readiness.humanDecision || !approved || isApproved(context))
    return undefined
  return `The tasks of ${context.plan.feature.id} are not the ones that were approved on ${approved.at.slice(0, 10)}: something else than a mark changed.`
}

function isApproved(context: Context): boolean {
  return lastApproval(context)?.structure === structureHash(context.plan)
}

function lastApproval({ ledger }: Context): EventOf<'approved'> | undefined {
  return lastEvent(ledger.events, 'approved')
}

/** Hash of what a person approves. */
export function structureHash(plan: Plan): string {
  return hashOf(structureOf(plan))
}

const BY_SETTINGS: FeatureReadiness = {
  ready: false,
  fact: 'The settings ask for a person to approve the plan, and nobody has.',
  remedy: 'Ask a person to read it, and to run `redgreen approve` in a terminal.',
  humanDecision: true,
}

function readinessOf({ dialect, reader, plan, settings }: Context): FeatureReadiness {
  const { required } = settings.approval
  const own = dialect.readiness?.(reader, plan) ?? {
    ready: true,
    evidence: 'no approval is asked for',
  }
  // What the files of the workflow themselves refuse, no setting lets through.
  if (!own.ready && !own.humanDecision) return own
  if (required === 'always') return own.ready ? BY_SETTINGS : own
  if (required === 'phase' && !own.ready && own.phase !== undefined)
    return { ready: true, evidence: `${own.phase}, which the settings let count` }
  return required === 'never' ? { ready: true, evidence: 'the settings ask for none' } : own
}
