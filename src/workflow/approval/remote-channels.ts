import { mayAskThrough, type RemoteChannel } from '../../evidence/remote-channels.ts'
import { featuresRecorded, readLedger } from '../../store/ledger.ts'
import { servedPage } from '../../store/served-page.ts'
import type { HumanChannel } from '../context/call.ts'
import type { Context } from '../context/context.ts'

/**
 * The human at the client. `undefined` if the client cannot show forms, if the settings do not allow this channel, or if the
 * settings were changed to allow it after the work started and no human has approved that.
 */
export function clientChannel(context: Context): HumanChannel | undefined {
  return channelState(context, 'elicitation') === 'open' ? context.call.frontend.elicit : undefined
}

/** The address of the live page, if a human can decide there. */
export function decisionPage(context: Context): string | undefined {
  return channelState(context, 'page') === 'open' ? servedPage(context.state) : undefined
}

/** `unnamed`: the settings do not allow it. `unapproved`: they were changed to allow it after the work started. */
export type ChannelState = 'open' | 'unnamed' | 'unapproved'

/** Whether a human can be asked through a channel. */
export function channelState(
  context: Pick<Context, 'settings' | 'state'> & Partial<Pick<Context, 'key' | 'ledger'>>,
  channel: RemoteChannel,
): ChannelState {
  if (!isNamed(context, channel)) return 'unnamed'
  return isApproved(context, channel) ? 'open' : 'unapproved'
}

/** A sentence that says where a human can decide other than in a terminal. Empty if there is no such channel. */
export function channelHint(context: Context, step = 'call the tool again'): string {
  return [clientHint(context, step), pageHint(context)].filter(hint => hint !== '').join(' ')
}

function clientHint(context: Context, step: string): string {
  if (!context.call.frontend.elicit) return ''
  const state = channelState(context, 'elicitation')
  if (state === 'open') return `Or ask them in the client: ${step}.`
  return state === 'unapproved' ? notApproved('questions in the client') : ''
}

function pageHint(context: Context): string {
  const state = channelState(context, 'page')
  const address = state === 'unnamed' ? undefined : servedPage(context.state)
  if (address === undefined) return ''
  return state === 'open'
    ? `Or on the page: ${address} (a call that needs the decision waits for a while; repeat it to wait again).`
    : notApproved('decisions on the page')
}

/** The channels that approving the current settings opens. */
export function openedByApproval(context: Context): RemoteChannel[] {
  return (['elicitation', 'page'] as const).filter(
    channel => channelState(context, channel) === 'unapproved',
  )
}

function notApproved(what: string): string {
  return `redgreen.config.json was changed to allow ${what} after the work started; that takes effect when a human runs \`redgreen approve\` in a terminal.`
}

function isNamed({ settings }: Pick<Context, 'settings'>, channel: RemoteChannel): boolean {
  return settings.approval.channels?.includes(channel) ?? false
}

/** The settings apply to the whole workspace, so the starts and approvals of every feature count. */
function isApproved(
  { state, key, ledger }: Pick<Context, 'state'> & Partial<Pick<Context, 'key' | 'ledger'>>,
  channel: RemoteChannel,
): boolean {
  const others = featuresRecorded(state).filter(feature => feature !== key)
  const events = [
    ...(ledger?.events ?? []),
    ...others.flatMap(name => readLedger(state, name).events),
  ]
  return mayAskThrough(
    channel,
    events.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)),
  )
}
