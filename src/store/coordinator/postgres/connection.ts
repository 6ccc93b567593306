import type { PoolClient } from 'pg'
import * as z from 'zod'
import type { Address } from './address.ts'
import { isConnectionLost, unreachable } from './failure.ts'

/** What a statement returned, and which statement the database ran. */
export type Answer = z.infer<typeof answer>

const answer = z.object({ command: z.string().nullable(), rows: z.array(z.unknown()) })

/**
 * A connection, as long as one call has it. Every failure is a `StoreUnreachable`. After one, the connection is closed, and with it ends
 * whatever it has begun.
 */
export class Connection {
  readonly #client: PoolClient
  readonly #address: Address
  #failure: Error | undefined
  #isReleased = false

  constructor(client: PoolClient, address: Address) {
    this.#client = client
    this.#address = address
    // Without a listener, the loss of a connection would end the process.
    client.on('error', this.#fail)
  }

  /** Whether the connection itself failed, and not only a statement. */
  get isLost(): boolean {
    return this.#failure !== undefined && isConnectionLost(this.#failure)
  }

  /** Runs statements; the answer is that of the last one. */
  async query(text: string, values?: readonly unknown[]): Promise<Answer> {
    try {
      const results: unknown = await this.#client.query(text, values && [...values])
      return answer.parse(Array.isArray(results) ? results.at(-1) : results)
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)))
      throw unreachable(this.#failure, this.#address)
    }
  }

  /** Ends its use. */
  release(): void {
    if (this.#isReleased) return
    this.#isReleased = true
    this.#client.off('error', this.#fail)
    // A connection that fails may never confirm that it is closed. The process does not wait for it.
    if (this.#failure) this.#client.unref()
    // A server that gives no answer to a statement gives none to the end of the connection either, and what it sends would be read for ever.
    if (/timeout/i.test(this.#failure?.message ?? '')) this.#client.connection.stream.destroy()
    this.#client.release(this.#failure)
  }

  /** Closes the connection. */
  discard(): void {
    this.#fail(new Error('Connection terminated'))
    this.release()
  }

  /** The first error has the reason: the database says why it closes a connection before statements fail because of that. */
  readonly #fail = (error: Error) => {
    this.#failure ??= error
  }
}
