import { hashOf } from '../../evidence/chain.ts'
import type { EventOf } from '../../evidence/event.ts'
import { structureOf } from '../../plan/structure.ts'
import type { Plan } from '../../plan/plan.ts'
import type { Readiness } from '../../dialects/dialect.ts'
import { alsoInClient } from '../approval/client-channel.ts'
import type { Desk } from '../context/context.ts'
import { PersonNeeded, Refusal } from '../context/refusal.ts'

/** Refuses to start work on a plan that nobody has agreed to, where its workflow or the settings ask for that. */
export function refuseNotApproved(desk: Desk): void {
  const readiness = readinessOf(desk)
  if (readiness.ready) return
  const { fact, remedy } = readiness
  if (readiness.byPerson && isApproved(desk)) return
  const other = changedSinceApproval(desk)
  const said = ['not_approved', other ?? fact, 'No task was started.', remedy] as const
  if (!readiness.byPerson) throw new Refusal(...said)
  throw new PersonNeeded({ step: 'approve' }, ...said, alsoInClient(desk))
}

/** Refuses to take the tasks of now for the whole of a plan that a person has approved with others. */
export function refuseOtherPlan(desk: Desk): void {
  const fact = changedSinceApproval(desk)
  if (fact === undefined) return
  const remedy = 'Put the plan back, or ask a person to run `redgreen approve` in a terminal.'
  throw new PersonNeeded(
    { step: 'approve' },
    'not_approved',
    fact,
    'Nothing was validated.',
    remedy,
    alsoInClient(desk),
  )
}

/** What is to be said of a plan that needs an approval and is another one by now than was approved. */
export function changedSinceApproval(desk: Desk): string | undefined {
  const readiness = readinessOf(desk)
  const approved = lastApproval(desk)
  if (readiness.ready || !readiness.byPerson || !approved || isApproved(desk)) return undefined
  return `The tasks of ${desk.plan.feature.id} are not the ones that were approved on ${approved.at.slice(0, 10)}: something else than a mark changed.`
}

function isApproved(desk: Desk): boolean {
  return lastApproval(desk)?.structure === structureHash(desk.plan)
}

function lastApproval({ ledger }: Desk): EventOf<'approved'> | undefined {
  const last = ledger.events.findLast(event => event.kind === 'approved')
  return last?.kind === 'approved' ? last : undefined
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
