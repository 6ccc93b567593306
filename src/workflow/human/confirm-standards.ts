import type { Standard } from '../../plan/standard.ts'
import { confirmEach } from '../approval/confirm.ts'
import { hashOfStandard, openStandards } from '../approval/standards.ts'
import type { Call } from '../context/call.ts'
import type { Context } from '../context/context.ts'
import { record } from '../context/record.ts'
import { Refusal } from '../context/refusal.ts'
import { withTransaction, openContext } from '../context/transaction.ts'
import { refuseUnfinished } from '../guards/finished.ts'

export interface StandardsConfirmed {
  feature: string
  person: string
  confirmed: string[]
  /** The standards that they did not confirm. */
  open: string[]
}

/** A human decides about each standard that nothing proves. */
export async function confirmStandards(call: Call): Promise<StandardsConfirmed> {
  const opened = await openContext(call)
  refuseUnfinished(opened)
  const standards = waitingStandards(opened)
  const { id } = opened.plan.feature
  const question = `${id} must meet these standards. Have you checked them? Confirm each one that is met.`
  const { agreed, ...confirmed } = await confirmEach(
    call,
    question,
    standards.map(describeStandard),
    // A long text is shown in part.
    { command: 'confirm-standards', included: standards.map(hashOfStandard) },
  )
  const accepted = standards.filter((_, at) => agreed[at])
  const events = accepted.map(standard => ({
    kind: 'standard-confirmed' as const,
    standard: standard.name,
    text: hashOfStandard(standard),
    ...confirmed,
  }))
  return withTransaction(call, async context => {
    await record(context, ...events)
    const open = standards.filter(standard => !accepted.includes(standard))
    return {
      feature: id,
      person: confirmed.person,
      confirmed: namesOf(accepted),
      open: namesOf(open),
    }
  })
}

function namesOf(standards: readonly Standard[]): string[] {
  return standards.map(({ name }) => name)
}

function waitingStandards(context: Context): Standard[] {
  const open = openStandards(context)
  if (open.length > 0) return open
  throw new Refusal(
    'not_ready',
    `No standard of ${context.plan.feature.id} waits for a human's decision, so nothing was confirmed.`,
    `To validate the feature, ${context.call.frontend.describeStep('run_validation')}.`,
  )
}

/** A standard as a human reads it before they decide. */
export function describeStandard({ name, text, location }: Standard): string {
  const where = location ? ` (${location.path}:${location.line})` : ''
  const shown =
    text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}… (the rest is in the file)`
  return `${name}${where}: ${shown}`
}

const MAX_LENGTH = 1500
