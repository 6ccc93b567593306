import os from 'node:os'
import type { Channel } from '../evidence/event.ts'
import type { Call } from './call.ts'
import { Refusal } from './refusal.ts'

/** Whose yes it was, and how they were asked: as events keep it. */
export interface Confirmed {
  person: string
  channel: Channel
}

/** A person's yes; refuses where there is nobody to ask, or they say no. */
export async function confirmByPerson(
  { surface }: Call,
  question: string,
  command: string,
): Promise<Confirmed> {
  if (!surface.ask) {
    throw new Refusal(
      'phase_needs_person',
      'Only a person at a terminal can do that, and there is none here.',
      `Nothing was recorded. Ask them to run \`redgreen ${command}\`.`,
    )
  }
  const { channel, yes } = surface.ask
  if (await yes(question)) return { person: os.userInfo().username, channel }
  throw new Refusal('phase_needs_person', 'It was not confirmed, so nothing was recorded.')
}
