import os from 'node:os'
import { hashOf } from '../../evidence/chain.ts'
import type { Channel } from '../../evidence/event-parts.ts'
import type { HumanChannel, Call } from '../context/call.ts'
import { Refusal } from '../context/refusal.ts'
import { safeText } from '../../runner/safe-text.ts'

/** Who confirmed something, and through which channel, as events record it. */
export interface HumanConfirmation {
  person: string
  channel: Channel
}

/**
 * Asks a human to confirm. Refuses if there is nobody to ask, or if they say no. `command` is the one to type if a model made the call,
 * `included` what a yes confirms besides the words of the question, as JSON.
 */
export async function confirmByHuman(
  call: Call,
  question: string,
  command: string,
  included: unknown = null,
): Promise<HumanConfirmation> {
  const { channel, confirm } = requireHuman(call, command)
  if (await confirm(safeText(question), hashOf(included)))
    return { person: os.userInfo().username, channel }
  throw notConfirmed()
}

/** Asks a human about each point. Refuses if there is nobody to ask, or if they say yes to none. */
export async function confirmEach(
  call: Call,
  question: string,
  points: readonly string[],
  { command, included = null }: { command: string; included?: unknown },
): Promise<HumanConfirmation & { agreed: boolean[] }> {
  const { channel, confirmEach: ask } = requireHuman(call, command)
  const agreed = await ask(safeText(question), points.map(safeText), hashOf(included))
  if (!agreed.includes(true)) throw notConfirmed()
  return { person: os.userInfo().username, channel, agreed }
}

function requireHuman({ frontend }: Call, command: string): HumanChannel {
  if (frontend.human) return frontend.human
  throw new Refusal(
    'phase_needs_person',
    'Only a human at a terminal can do this, and there is no terminal here.',
    `Nothing was recorded. Ask a human to run \`redgreen ${frontend.typed ?? command}\` in a terminal.`,
  )
}

function notConfirmed(): Refusal {
  return new Refusal('phase_needs_person', 'It was not confirmed, so nothing was recorded.')
}
