/** The messages between an MCP host and this app: JSON-RPC over `postMessage`, as the extension MCP Apps of 2026-01-26 says. */

interface Message {
  jsonrpc: '2.0'
  id?: number | string
  method?: string
  params?: Record<string, unknown>
  result?: unknown
  error?: { message?: string }
}

type Notified = (method: string, params: Record<string, unknown>) => void

/** The host of this app. */
export class Host {
  readonly #waiting = new Map<number, (message: Message) => void>()
  #last = 0

  constructor(notified: Notified) {
    addEventListener('message', ({ source, data }: MessageEvent<unknown>) => {
      if (source !== window.parent || !isMessage(data)) return
      const { id, method, params = {} } = data
      if (method === undefined) {
        const waiting = typeof id === 'number' ? this.#waiting.get(id) : undefined
        if (typeof id === 'number') this.#waiting.delete(id)
        waiting?.(data)
      } else if (id === undefined) notified(method, params)
      // The only requests of a host are a ping, and the end of this app.
      else this.#post({ id, result: {} })
    })
  }

  request(method: string, params: object): Promise<unknown> {
    this.#last += 1
    const id = this.#last
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) =>
        error ? reject(new Error(error.message ?? method)) : resolve(result),
      )
      this.#post({ id, method, params })
    })
  }

  notify(method: string, params: object): void {
    this.#post({ method, params })
  }

  #post(message: object): void {
    // A sandboxed frame has no origin to name, and nothing in these messages is secret to the host.
    window.parent.postMessage({ jsonrpc: '2.0', ...message }, '*')
  }
}

function isMessage(data: unknown): data is Message {
  return typeof data === 'object' && data !== null && 'jsonrpc' in data && data.jsonrpc === '2.0'
}
