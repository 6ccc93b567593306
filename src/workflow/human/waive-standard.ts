import type { Call } from '../context/call.ts'
import { confirmByPerson } from '../approval/confirm.ts'
import { record, type Desk } from '../context/context.ts'
import { atDesk, openDesk } from '../context/transaction.ts'
import { Refusal } from '../context/refusal.ts'
import { hashOfStandard, standardsOf } from '../approval/standards.ts'
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
  const desk = await openDesk(call)
  const { id } = desk.plan.feature
  const standard = standardsOf(desk).find(one => one.name === name)
  if (!standard) throw noSuchStandard(desk, name)
  const question = `${pointOf(standard)}\nClose ${id} without it, because: ${reason}?`
  const confirmed = await confirmByPerson(call, question, 'waive --standard … --reason …')
  return atDesk(call, desk => {
    const text = hashOfStandard(standard)
    record(desk, { kind: 'standard-confirmed', standard: name, text, waived: reason, ...confirmed })
    return { feature: id, standard: name, person: confirmed.person, reason }
  })
}

function noSuchStandard(desk: Desk, name: string): Refusal {
  const names = standardsOf(desk).map(standard => `"${standard.name}"`)
  return new Refusal(
    'not_ready',
    `${desk.plan.feature.id} is closed with no standard "${name}", so nothing was waived.`,
    names.length > 0 ? `Its standards are ${names.join(', ')}.` : 'Its workflow has no such list.',
  )
}
