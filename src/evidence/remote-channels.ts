import type { Event } from './event.ts'
import type { Channel } from './event-parts.ts'

/** A way to ask a human other than the terminal. */
export type RemoteChannel = Exclude<Channel, 'terminal'>

/**
 * Whether the server may ask a human through a channel. `events` are those of all features, oldest first. The settings at the start of
 * the work decide. Later only a human at a terminal can open the channel: otherwise the assistant could open it and answer for the
 * human.
 */
export function mayAskThrough(channel: RemoteChannel, events: readonly Event[]): boolean {
  let open: boolean | undefined
  for (const event of events) {
    if (event.kind !== 'start' && event.kind !== 'approved') continue
    const named = event.channels?.includes(channel) ?? false
    const atTerminal = event.kind === 'approved' && event.channel === 'terminal'
    if (open === undefined || !named || atTerminal) open = named
  }
  return open ?? true
}
