import type { Call } from '../context/call.ts'
import { confirmByHuman } from '../approval/confirm.ts'
import { record, type Context } from '../context/context.ts'
import { withTransaction, openContext } from '../context/transaction.ts'
import { Refusal } from '../context/refusal.ts'
import { hashOfStandard, featureStandards } from '../approval/standards.ts'
import { pointOf } from './confirm-standards.ts'

export interface StandardWaived {
  feature: string
  standard: string
  person: string
  reason: string
}

/** A person says that a point of the last checklist does not apply, and why. */
export async function waiveStandard(
  call: Call,
  { standard: name, reason }: { standard: string; reason: string },
): Promise<StandardWaived> {
  const context = await openContext(call)
  const { id } = context.plan.feature
  const standard = featureStandards(context).find(one => one.name === name)
  if (!standard) throw noSuchStandard(context, name)
  const question = `${pointOf(standard)}\nClose ${id} without it, because: ${reason}?`
  const confirmed = await confirmByHuman(call, question, 'waive --standard … --reason …')
  return withTransaction(call, context => {
    const text = hashOfStandard(standard)
    record(context, {
      kind: 'standard-confirmed',
      standard: name,
      text,
      waived: reason,
      ...confirmed,
    })
    return { feature: id, standard: name, person: confirmed.person, reason }
  })
}

function noSuchStandard(context: Context, name: string): Refusal {
  const names = featureStandards(context).map(standard => `"${standard.name}"`)
  return new Refusal(
    'not_ready',
    `${context.plan.feature.id} is closed with no standard "${name}", so nothing was waived.`,
    names.length > 0 ? `Its standards are ${names.join(', ')}.` : 'Its workflow has no such list.',
  )
}
