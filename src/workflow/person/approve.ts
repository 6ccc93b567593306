import os from 'node:os'
import type { Call } from '../call.ts'
import { atDesk, openDesk, record } from '../desk.ts'
import { Refusal } from '../refusal.ts'

export interface Approved {
  feature: string
  person: string
}

/** A person confirms the settings as they are now, so that tasks in progress may go on with them. */
export async function approve(call: Call): Promise<Approved> {
  const { plan, settings } = await openDesk(call)
  const { ask } = call.surface
  const question = `Confirm the settings (${settings.hash.slice(0, 12)}) for ${plan.feature.id}, with its ${plan.tasks.length} tasks?`
  if (!ask || !(await ask(question))) {
    throw new Refusal(
      'phase_needs_person',
      `${plan.feature.id} was not approved: only a person at a terminal can do that.`,
      'Ask them to run `redgreen approve`.',
    )
  }
  const person = os.userInfo().username
  return atDesk(call, desk => {
    record(desk, { kind: 'approved', settings: settings.hash, person })
    return { feature: plan.feature.id, person }
  })
}
