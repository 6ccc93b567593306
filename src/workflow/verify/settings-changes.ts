import type { Event } from '../../evidence/event.ts'
import { SETTINGS_FILE } from '../../plan/settings-file.ts'
import type { Context } from '../context/context.ts'
import type { Finding } from './finding.ts'

/** Changes of the settings between two events that no human approved, neither before nor after. */
export function settingsChanges(context: Context): Finding[] {
  const { events } = context.ledger
  const approved = new Set(events.map(event => (event.kind === 'approved' ? event.settings : '')))
  let known: string | undefined
  const findings: Finding[] = []
  for (const [at, event] of events.entries()) {
    if (!('settings' in event)) continue
    const isChanged = known !== undefined && event.settings !== known
    if (isChanged && !approved.has(event.settings) && isRelevant(event, events, at)) {
      const text = `The settings changed before the ${event.kind} event of ${event.at}, and no human has approved the change (redgreen approve, with those settings; or redgreen reopen for what was proven with them).`
      findings.push({ path: SETTINGS_FILE, line: 1, text })
    }
    known = event.settings
  }
  return findings
}

/** Whether a start matters: not if a human reopened the task later, nor if the task was continued with settings that a human approved. */
function isRelevant(event: Event, events: readonly Event[], at: number): boolean {
  const later = events.slice(at + 1)
  if ('task' in event && later.some(one => one.kind === 'reopened' && one.task === event.task))
    return false
  if (event.kind !== 'start') return true
  const isUsed = later.some(
    one => one.kind !== 'start' && 'settings' in one && one.settings === event.settings,
  )
  return isUsed || !later.some(one => one.kind === 'approved')
}
