import { sha256 } from '../../evidence/chain.ts'
import { lastEvent, type Event } from '../../evidence/event.ts'
import type { Standard } from '../../plan/standard.ts'
import { channelHint } from './remote-channels.ts'
import type { Context } from '../context/context.ts'
import { HumanNeeded } from '../context/refusal.ts'
import { toolchainOf } from '../testing/toolchain.ts'
import { countOf } from '../../plan/format-list.ts'

/** The standards that the workflow requires before the feature is complete: its last checklist. */
export function featureStandards({ dialect, reader, plan }: Context): Standard[] {
  return dialect.standards?.(reader, plan) ?? []
}

/** A human's decision about a standard. */
export interface StandardDecision {
  /** The decision as a phrase for reports, with name and date. */
  summary: string
  /** True if the human decided that the standard does not apply. */
  waived: boolean
}

/** The latest decision about a standard. A decision about an earlier text of it does not count. */
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
    return { summary: `${what} by ${whoAndWhen(own)}`, waived: waived !== undefined }
  }
  const withPhase = lastEvent(events, 'phase-confirmed', ({ phase }) =>
    standard.phases.includes(phase),
  )
  if (!withPhase) return undefined
  const summary = `confirmed with "${withPhase.phase}" by ${whoAndWhen(withPhase)}`
  return { summary, waived: false }
}

/** Hash of the text that a human reads. */
export function hashOfStandard({ text }: Standard): string {
  return sha256(text)
}

function whoAndWhen({ person, at }: Event & { person: string }): string {
  return `${person} on ${at.slice(0, 10)}`
}

/** What proves a standard: a check that the settings name for it, or a gate of the validation. `undefined` if nothing can. */
export function proofOf(
  context: Context,
  { name, gate }: Standard,
): { check: string } | { gate: string } | undefined {
  const check = context.settings.standards[name]
  if (check !== undefined) return { check }
  if (gate === undefined) return undefined
  return gate === 'tests' || toolchainOf(context)[gate] !== undefined ? { gate } : undefined
}

/** Standards that nothing can prove and that no human has decided about. */
export function openStandards(context: Context): Standard[] {
  return featureStandards(context).filter(
    standard => !proofOf(context, standard) && !latestDecision(context, standard),
  )
}

/** Refuses to validate while a human has to decide about a standard, because the attempt could not pass. */
export function refuseOpenStandards(context: Context): void {
  const open = openStandards(context)
  if (open.length === 0) return
  const { id } = context.plan.feature
  const names = open.map(({ name }) => name)
  throw new HumanNeeded(
    { step: 'confirm-standards' },
    'phase_needs_person',
    `${open.length} of ${countOf(featureStandards(context).length, 'standard')} of ${id} have no evidence and no decision by a human: ${names.join('; ')}.`,
    'Nothing was validated.',
    'Ask a human to check each of them and to run `redgreen confirm-standards` in a terminal.',
    channelHint(context),
    `A human waives a standard that does not apply: \`redgreen waive --standard "${names[0]}" --reason …\`.`,
  )
}
