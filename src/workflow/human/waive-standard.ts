import { formatList } from '../../plan/format-list.ts'
import { confirmByHuman } from '../approval/confirm.ts'
import { hashOfStandard, featureStandards } from '../approval/standards.ts'
import type { Call } from '../context/call.ts'
import type { Context } from '../context/context.ts'
import { record } from '../context/record.ts'
import { Refusal } from '../context/refusal.ts'
import { withTransaction, openContext } from '../context/transaction.ts'
import { describeStandard } from './confirm-standards.ts'
import { joinAsLines } from '../../runner/safe-text.ts'

export interface StandardWaived {
  feature: string
  standard: string
  person: string
  reason: string
}

/** A human decides that a standard does not apply. */
export async function waiveStandard(
  call: Call,
  { standard: name, reason }: { standard: string; reason: string },
): Promise<StandardWaived> {
  const opened = await openContext(call)
  const { id } = opened.plan.feature
  const standard = featureStandards(opened).find(one => one.name === name)
  if (!standard) throw unknownStandard(opened, name)
  const question = joinAsLines([
    describeStandard(standard),
    `Waive this standard for ${id}, because: ${reason}?`,
  ])
  const text = hashOfStandard(standard)
  const confirmed = await confirmByHuman(call, question, 'waive --standard … --reason …', text)
  return withTransaction(call, async context => {
    await record(context, {
      kind: 'standard-confirmed',
      standard: name,
      text,
      waived: reason,
      ...confirmed,
    })
    return { feature: id, standard: name, person: confirmed.person, reason }
  })
}

function unknownStandard(context: Context, name: string): Refusal {
  const names = featureStandards(context).map(standard => `"${standard.name}"`)
  return new Refusal(
    'not_ready',
    `${context.plan.feature.id} has no standard "${name}", so nothing was waived.`,
    names.length > 0 ? `Its standards are ${formatList(names)}.` : 'Its workflow has no standards.',
  )
}
