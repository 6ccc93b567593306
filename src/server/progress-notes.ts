import type { ServerContext } from '@modelcontextprotocol/server'

/** Tells a client that asked for it what is going on while a call waits. */
export class ProgressNotes {
  readonly #ctx: ServerContext
  #told = 0

  constructor(ctx: ServerContext) {
    this.#ctx = ctx
  }

  readonly note = (message: string): void => {
    const progressToken = this.#ctx.mcpReq._meta?.progressToken
    if (progressToken === undefined) return
    this.#told += 1
    const params = { progressToken, progress: this.#told, message }
    // The run that follows takes longer than a notification: it is sent before the result. A client that is gone
    // needs none.
    this.#ctx.mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined)
  }
}
