import type { ServerContext } from '@modelcontextprotocol/server'
import type { Activity } from './activity.ts'

/** Shortest time between two notifications. One is sent without news too, so that the client sees that the step is alive. */
const INTERVAL_MS = 1000

/** Sends progress notifications while a call waits, if the client asked for them. */
export class ProgressNotifications {
  readonly #ctx: ServerContext
  readonly #activity: Activity
  readonly #stopListening: () => void
  #timer: NodeJS.Timeout | undefined
  #sent = 0
  #last: Promise<void> = Promise.resolve()

  constructor(ctx: ServerContext, activity: Activity) {
    this.#ctx = ctx
    this.#activity = activity
    this.#stopListening = activity.listen(() => this.#changed())
    this.#changed()
  }

  /** Stops, and waits for the last notification: one that is sent together with the result can get lost. */
  async end(): Promise<void> {
    this.#stopListening()
    clearTimeout(this.#timer)
    await this.#last
  }

  #changed(): void {
    if (this.#timer === undefined) this.#send()
  }

  #send(): void {
    this.#timer = undefined
    const progressToken = this.#ctx.mcpReq._meta?.progressToken
    const message = this.#activity.phrase()
    if (progressToken === undefined || message === '') return
    this.#timer = setTimeout(() => this.#send(), INTERVAL_MS)
    this.#sent += 1
    const params = { progressToken, progress: this.#sent, message }
    // The client may have disconnected.
    this.#last = this.#ctx.mcpReq
      .notify({ method: 'notifications/progress', params })
      .catch(() => undefined)
  }
}
