import type { Standard } from '../../plan/standard.ts'
import type { Call } from '../context/call.ts'
import { confirmEach } from '../approval/confirm.ts'
import { record, type Context } from '../context/context.ts'
import { refuseUnfinished } from '../guards/finished.ts'
import { withTransaction, openContext } from '../context/transaction.ts'
import { Refusal } from '../context/refusal.ts'
import { hashOfStandard, openStandards } from '../approval/standards.ts'

export interface StandardsConfirmed {
  feature: string
  person: string
  confirmed: string[]
  /** What they did not say yes to. */
  open: string[]
}

/** A person has looked at the points of the last checklist that nothing proves, and says of each whether it holds. */
export async function confirmStandards(call: Call): Promise<StandardsConfirmed> {
  const context = await openContext(call)
  refuseUnfinished(context)
  const standards = waitingStandards(context)
  const { id } = context.plan.feature
  const question = `${id} is closed with these standards. Have you looked, and does each of them hold?`
  const { agreed, ...confirmed } = await confirmEach(
    call,
    question,
    standards.map(pointOf),
    'confirm-standards',
  )
  const yes = standards.filter((_, at) => agreed[at])
  const words = yes.map(standard => ({
    kind: 'standard-confirmed' as const,
    standard: standard.name,
    text: hashOfStandard(standard),
    ...confirmed,
  }))
  return withTransaction(call, context => {
    record(context, ...words)
    const open = standards.filter(standard => !yes.includes(standard))
    return { feature: id, person: confirmed.person, confirmed: namesOf(yes), open: namesOf(open) }
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
    `No standard of ${context.plan.feature.id} waits for a person's word, so nothing was confirmed.`,
    `To validate the feature, ${context.call.frontend.describeStep('run_validation')}.`,
  )
}

/** A standard as a person reads it before they say that it holds. */
export function pointOf({ name, text, location }: Standard): string {
  const where = location ? ` (${location.path}:${location.line})` : ''
  const shown = text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (the rest stands there)`
  return `${name}${where}: ${shown}`
}

const LONGEST = 1500
