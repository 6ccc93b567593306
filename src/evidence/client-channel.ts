import type { Event } from './event.ts'

/**
 * Whether the server may ask a human through the client. `events` are those of all features, oldest first. The settings at the
 * start of the work decide. Later only a human at a terminal can open the channel: otherwise the client's own assistant could
 * open it and answer for the human.
 */
export function mayAskInClient(events: readonly Event[]): boolean {
  let open: boolean | undefined
  for (const event of events) {
    if (event.kind !== 'start' && event.kind !== 'approved') continue
    const named = event.channels?.includes('elicitation') ?? false
    const atTerminal = event.kind === 'approved' && event.channel === 'terminal'
    if (open === undefined || !named || atTerminal) open = named
  }
  return open ?? true
}
