import os from 'node:os'
import type { Call } from './call.ts'
import { Refusal } from './refusal.ts'

/** A person's yes at a terminal; refuses where there is none to ask, or they say no. Returns who it was. */
export async function confirmByPerson(
  { surface }: Call,
  question: string,
  command: string,
): Promise<string> {
  if (!surface.ask) {
    throw new Refusal(
      'phase_needs_person',
      'Only a person at a terminal can do that, and there is none here.',
      `Nothing was recorded. Ask them to run \`redgreen ${command}\`.`,
    )
  }
  if (await surface.ask(question)) return os.userInfo().username
  throw new Refusal('phase_needs_person', 'It was not confirmed, so nothing was recorded.')
}
