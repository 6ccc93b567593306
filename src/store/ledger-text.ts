import { parseEvent, type Event } from '../evidence/event.ts'
import { parseJson } from '../plan/parse-json.ts'

/** The events in the text of a ledger file that git has. Their chain is not checked: other lines are left out. */
export function eventsInText(text: string): Event[] {
  return text.split('\n').flatMap(line => {
    const entry: unknown = line === '' ? undefined : parseJson(line)
    const isObject = typeof entry === 'object' && entry !== null
    return isObject ? (parseEvent({ ...entry }) ?? []) : []
  })
}
