import { sha256 } from '../../evidence/chain.ts'
import { lastEvent, type Event } from '../../evidence/event.ts'
import type { Standard } from '../../plan/standard.ts'
import { clientChannelHint } from './client-channel.ts'
import type { Context } from '../context/context.ts'
import { HumanNeeded } from '../context/refusal.ts'
import { toolchainOf } from '../testing/toolchain.ts'

/** The last checklist of the feature's workflow. */
export function featureStandards({ dialect, reader, plan }: Context): Standard[] {
  return dialect.standards?.(reader, plan) ?? []
}

/** What a person has said of this very text. */
export interface StandardDecision {
  /** As a report tells it. */
  told: string
  /** They said that it does not apply. */
  waived: boolean
}

/** The person's last word on a standard; what they said of another text is none. */
export function latestDecision(
  { ledger: { events } }: Context,
  standard: Standard,
): StandardDecision | undefined {
  const text = hashOfStandard(standard)
  const own = lastEvent(
    events,
    'standard-confirmed',
    event => event.standard === standard.name && event.text === text,
  )
  if (own) {
    const { waived } = own
    const what = waived === undefined ? 'confirmed' : `waived (${waived})`
    return { told: `${what} by ${whoAndWhen(own)}`, waived: waived !== undefined }
  }
  const withPhase = lastEvent(events, 'phase-confirmed', ({ phase }) =>
    standard.phases.includes(phase),
  )
  if (!withPhase) return undefined
  return { told: `confirmed with "${withPhase.phase}" by ${whoAndWhen(withPhase)}`, waived: false }
}

/** Hash of what a person reads of it. */
export function hashOfStandard({ text }: Standard): string {
  return sha256(text)
}

function whoAndWhen({ person, at }: Event & { person: string }): string {
  return `${person} on ${at.slice(0, 10)}`
}

/** The check of the settings, or the gate, that is to prove a standard. */
export function proofOf(
  context: Context,
  { name, gate }: Standard,
): { check: string } | { gate: string } | undefined {
  const check = context.settings.standards[name]
  if (check !== undefined) return { check }
  if (gate === undefined) return undefined
  return gate === 'tests' || toolchainOf(context)[gate] !== undefined ? { gate } : undefined
}

/** Standards for which no evidence can come, and on which no person has said anything. */
export function openStandards(context: Context): Standard[] {
  return featureStandards(context).filter(
    standard => !proofOf(context, standard) && !latestDecision(context, standard),
  )
}

/** Refuses to validate while somebody has to look at something: an attempt would only say so again. */
export function refuseOpenStandards(context: Context): void {
  const open = openStandards(context)
  if (open.length === 0) return
  const { id } = context.plan.feature
  const names = open.map(({ name }) => name)
  throw new HumanNeeded(
    { step: 'confirm-standards' },
    'phase_needs_person',
    `${open.length} of ${featureStandards(context).length} standards that ${id} is closed with have neither evidence nor a person's word: ${names.join('; ')}.`,
    'Nothing was validated.',
    'Ask them to look at each, and to run `redgreen confirm-standards` in a terminal.',
    clientChannelHint(context),
    `What does not apply, they waive: \`redgreen waive --standard "${names[0]}" --reason …\`.`,
  )
}
