import os from 'node:os'
import type { Channel } from '../../evidence/event-parts.ts'
import type { HumanChannel, Call } from '../context/call.ts'
import { Refusal } from '../context/refusal.ts'
import { printable } from '../context/printable.ts'

/** Whose yes it was, and how they were asked: as events keep it. */
export interface HumanConfirmation {
  person: string
  channel: Channel
}

/** A person's yes; refuses where there is nobody to ask, or they say no. */
export async function confirmByHuman(
  call: Call,
  question: string,
  command: string,
): Promise<HumanConfirmation> {
  const { channel, yes } = askOf(call, command)
  if (await yes(printable(question))) return { person: os.userInfo().username, channel }
  throw unconfirmed()
}

/** Which points a person says yes to, one by one; refuses as above where that is none. */
export async function confirmEach(
  call: Call,
  question: string,
  points: readonly string[],
  command: string,
): Promise<HumanConfirmation & { agreed: boolean[] }> {
  const { channel, each } = askOf(call, command)
  const agreed = await each(printable(question), points.map(printable))
  if (!agreed.includes(true)) throw unconfirmed()
  return { person: os.userInfo().username, channel, agreed }
}

function askOf({ frontend }: Call, command: string): HumanChannel {
  if (frontend.human) return frontend.human
  throw new Refusal(
    'phase_needs_person',
    'Only a person at a terminal can do that, and there is none here.',
    `Nothing was recorded. Ask them to run \`redgreen ${command}\`.`,
  )
}

function unconfirmed(): Refusal {
  return new Refusal('phase_needs_person', 'It was not confirmed, so nothing was recorded.')
}
