import { SETTINGS_FILE } from '../../plan/settings-file.ts'
import type { Context } from '../context/context.ts'
import type { Finding } from './finding.ts'

/** Changes of the settings between two events that no human approved, neither before nor after. */
export function settingsChanges(context: Context): Finding[] {
  const { events } = context.ledger
  const approved = new Set(events.map(event => (event.kind === 'approved' ? event.settings : '')))
  let known: string | undefined
  const findings: Finding[] = []
  for (const event of events) {
    if (!('settings' in event)) continue
    if (known !== undefined && event.settings !== known && !approved.has(event.settings)) {
      const text = `The settings changed before the ${event.kind} event of ${event.at}, and no human has approved the change (redgreen approve).`
      findings.push({ path: SETTINGS_FILE, line: 1, text })
    }
    known = event.settings
  }
  return findings
}
