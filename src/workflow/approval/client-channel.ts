import { mayAskInClient } from '../../evidence/client-channel.ts'
import { featuresRecorded, readLedger } from '../../store/ledger.ts'
import type { HumanChannel } from '../context/call.ts'
import type { Context } from '../context/context.ts'

/**
 * The human at the client. `undefined` if the client cannot show forms, if the settings do not allow this channel, or if the
 * settings were changed to allow it after the work started and no human has approved that.
 */
export function clientChannel(context: Context): HumanChannel | undefined {
  return isConfigured(context) && isApproved(context) ? context.call.frontend.elicit : undefined
}

/** A sentence beside the terminal command that says whether the client can ask. Empty if the client is not a channel. */
export function clientChannelHint(context: Context, step = 'call the tool again'): string {
  if (!context.call.frontend.elicit || !isConfigured(context)) return ''
  return isApproved(context) ? `Or ask them in the client: ${step}.` : NOT_APPROVED
}

/** True if approving the current settings enables the client as a channel. */
export function enablesClientChannel(context: Context): boolean {
  return isConfigured(context) && !isApproved(context)
}

const NOT_APPROVED =
  'redgreen.config.json was changed to allow questions in the client after the work started; that takes effect when a human runs `redgreen approve` in a terminal.'

function isConfigured({ settings }: Context): boolean {
  return settings.approval.channels?.includes('elicitation') ?? false
}

/** The settings apply to the whole workspace, so the starts and approvals of every feature count. */
function isApproved({ state, key, ledger }: Context): boolean {
  const others = featuresRecorded(state).filter(feature => feature !== key)
  const events = [...ledger.events, ...others.flatMap(name => readLedger(state, name).events)]
  return mayAskInClient(events.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)))
}
