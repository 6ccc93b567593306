import { mayAskInClient } from '../../evidence/client-channel.ts'
import { featuresRecorded, readLedger } from '../../store/ledger.ts'
import type { HumanChannel } from '../context/call.ts'
import type { Context } from '../context/context.ts'

/** The way to a person in the client: where it has forms, the settings name it, and nobody but a person has opened it. */
export function clientChannel(context: Context): HumanChannel | undefined {
  return isNamed(context) && isOpen(context) ? context.call.frontend.elicit : undefined
}

/** What is said beside the command for a terminal; empty where the client is no way to a person. */
export function clientChannelHint(context: Context, step = 'call the same step again'): string {
  if (!context.call.frontend.elicit || !isNamed(context)) return ''
  return isOpen(context) ? `Their client can ask them too: ${step}.` : CLOSED
}

/** Would a yes to the settings of now open the client as a way to a person? */
export function enablesClientChannel(context: Context): boolean {
  return isNamed(context) && !isOpen(context)
}

const CLOSED =
  'The settings have named the client as a way to ask them since the work began, which counts only after `redgreen approve` in a terminal.'

function isNamed({ settings }: Context): boolean {
  return settings.approval.channels?.includes('elicitation') ?? false
}

/** The settings are those of the workspace, so what every feature was begun with counts. */
function isOpen({ state, key, ledger }: Context): boolean {
  const others = featuresRecorded(state).filter(feature => feature !== key)
  const events = [...ledger.events, ...others.flatMap(name => readLedger(state, name).events)]
  return mayAskInClient(events.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)))
}
