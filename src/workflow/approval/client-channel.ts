import { mayAskInClient } from '../../evidence/client-channel.ts'
import { featuresRecorded, readLedger } from '../../store/ledger.ts'
import type { Ask } from '../context/call.ts'
import type { Desk } from '../context/context.ts'

/** The way to a person in the client: where it has forms, the settings name it, and nobody but a person has opened it. */
export function askInClient(desk: Desk): Ask | undefined {
  return isNamed(desk) && isOpen(desk) ? desk.call.surface.elicit : undefined
}

/** What is said beside the command for a terminal; empty where the client is no way to a person. */
export function alsoInClient(desk: Desk, step = 'call the same step again'): string {
  if (!desk.call.surface.elicit || !isNamed(desk)) return ''
  return isOpen(desk) ? `Their client can ask them too: ${step}.` : CLOSED
}

/** Would a yes to the settings of now open the client as a way to a person? */
export function opensClient(desk: Desk): boolean {
  return isNamed(desk) && !isOpen(desk)
}

const CLOSED =
  'The settings have named the client as a way to ask them since the work began, which counts only after `redgreen approve` in a terminal.'

function isNamed({ settings }: Desk): boolean {
  return settings.approval.channels?.includes('elicitation') ?? false
}

/** The settings are those of the workspace, so what every feature was begun with counts. */
function isOpen({ state, plan, ledger }: Desk): boolean {
  const others = featuresRecorded(state).filter(feature => feature !== plan.feature.id)
  const events = [...ledger.events, ...others.flatMap(name => readLedger(state, name).events)]
  return mayAskInClient(events.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)))
}
