import { SETTINGS_FILE } from '../../store/settings.ts'
import type { Context } from '../context/context.ts'
import type { Finding } from './finding.ts'

/** Changes of the settings that no person has confirmed, before or after. */
export function settingsChanges(context: Context): Finding[] {
  const { events } = context.ledger
  const approved = new Set(events.map(event => (event.kind === 'approved' ? event.settings : '')))
  let known: string | undefined
  const findings: Finding[] = []
  for (const event of events) {
    if (!('settings' in event)) continue
    if (known !== undefined && event.settings !== known && !approved.has(event.settings)) {
      const text = `The settings changed before ${event.kind} of ${event.at}, and no person has confirmed that (redgreen approve).`
      findings.push({ path: SETTINGS_FILE, line: 1, text })
    }
    known = event.settings
  }
  return findings
}
