import type { ServerContext } from '@modelcontextprotocol/server'
import type { Activity } from './activity.ts'

/** At most one notification in this time; without news too, so that a client sees that somebody is at work. */
const EVERY_MS = 1000

/** Tells a client that asked for it what is going on while a call waits. */
export class ProgressNotes {
  readonly #ctx: ServerContext
  readonly #activity: Activity
  readonly #deaf: () => void
  #timer: NodeJS.Timeout | undefined
  #told = 0
  #last: Promise<void> = Promise.resolve()

  constructor(ctx: ServerContext, activity: Activity) {
    this.#ctx = ctx
    this.#activity = activity
    this.#deaf = activity.listen(() => this.#news())
    this.#news()
  }

  /** Ends it. A notification that meets the result on its way can be lost, so the last one is waited for. */
  async end(): Promise<void> {
    this.#deaf()
    clearTimeout(this.#timer)
    await this.#last
  }

  #news(): void {
    if (this.#timer === undefined) this.#send()
  }

  #send(): void {
    this.#timer = undefined
    const progressToken = this.#ctx.mcpReq._meta?.progressToken
    const message = this.#activity.phrase()
    if (progressToken === undefined || message === '') return
    this.#timer = setTimeout(() => this.#send(), EVERY_MS)
    this.#told += 1
    const params = { progressToken, progress: this.#told, message }
    // A client that is gone needs none.
    this.#last = this.#ctx.mcpReq
      .notify({ method: 'notifications/progress', params })
      .catch(() => undefined)
  }
}
