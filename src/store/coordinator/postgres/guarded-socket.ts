import { Socket } from 'node:net'

/** The message if the peer is not a database, or its answer is damaged. */
export const UNREADABLE = 'unreadable answer'

/**
 * A socket whose listeners cannot end the process. The driver throws in the listener that reads answers if something else than PostgreSQL
 * answers, and nobody could catch that.
 */
export class GuardedSocket extends Socket {
  override emit(event: string | symbol, ...args: unknown[]): boolean {
    try {
      return super.emit(event, ...args)
    } catch {
      this.destroy(new Error(UNREADABLE))
      return true
    }
  }
}
