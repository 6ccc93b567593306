import type { Event } from '../../evidence/event.ts'

/** A line that says that an answer shows what an earlier call recorded. `why` is a clause. */
export function repeatedNote({ at }: Pick<Event, 'at'>, why: string): string {
  return `Nothing was run now: this result was recorded at ${at.slice(0, 19).replace('T', ' ')} UTC, and ${why}.`
}
