import { hashOf } from '../../evidence/chain.ts'
import { structureOf } from '../../plan/structure.ts'
import type { Plan } from '../../plan/plan.ts'
import type { Readiness } from '../../dialects/dialect.ts'
import type { Desk } from '../desk.ts'
import { Refusal } from '../refusal.ts'

/** Refuses to start work on a plan that nobody has agreed to, where its workflow or the settings ask for that. */
export function refuseNotApproved(desk: Desk): void {
  const readiness = readinessOf(desk)
  if (readiness.ready) return
  const { feature } = desk.plan
  if (!readiness.byPerson) {
    throw new Refusal('not_approved', readiness.fact, 'No task was started.', readiness.remedy)
  }
  const approved = desk.ledger.events.findLast(event => event.kind === 'approved')
  if (approved?.kind === 'approved' && approved.structure === structureHash(desk.plan)) return
  const fact = approved
    ? `The tasks of ${feature.id} are not the ones that were approved on ${approved.at.slice(0, 10)}: something else than a mark changed.`
    : readiness.fact
  throw new Refusal('not_approved', fact, 'No task was started.', readiness.remedy)
}

/** Hash of what a person approves. */
export function structureHash(plan: Plan): string {
  return hashOf(structureOf(plan))
}

const BY_SETTINGS: Readiness = {
  ready: false,
  fact: 'The settings ask for a person to approve the plan, and nobody has.',
  remedy: 'Ask a person to read it, and to run `redgreen approve` in a terminal.',
  byPerson: true,
}

function readinessOf({ dialect, shelf, plan, settings }: Desk): Readiness {
  const { required } = settings.approval
  const own = dialect.readiness?.(shelf, plan) ?? {
    ready: true,
    evidence: 'no approval is asked for',
  }
  // What the files of the workflow themselves refuse, no setting lets through.
  if (!own.ready && !own.byPerson) return own
  if (required === 'always') return own.ready ? BY_SETTINGS : own
  if (required === 'phase' && !own.ready && own.phase !== undefined)
    return { ready: true, evidence: `${own.phase}, which the settings let count` }
  return required === 'never' ? { ready: true, evidence: 'the settings ask for none' } : own
}
