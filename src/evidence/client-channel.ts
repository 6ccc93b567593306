import type { Event } from './event.ts'

/**
 * May a person be asked in the client, by all events of a workspace in the order of time? What the settings said when the
 * work began holds; the channel is opened later by a person at a terminal alone, for whoever answers in the client would
 * else open it for themselves.
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
