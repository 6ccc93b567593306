import type { ClockReading } from '../../leases/expiry.ts'
import type { LeaseTable } from '../../leases/lease-table.ts'
import {
  StoreUnreachable,
  type Added,
  type Addition,
  type Coordinator,
  type LeaseChange,
} from '../coordinator.ts'
import type { Connection } from './connection.ts'
import type { Project } from './project.ts'
import { readFeatures, readLeases, readSince } from './readings.ts'
import { Transaction } from './transaction.ts'

/**
 * The decisions of one server, one after another, on one connection. While its transaction is open, other servers wait. `append` ends
 * the transaction; the next change begins another one.
 */
export class Turn implements Coordinator {
  readonly project: string
  readonly decidesTogether = true
  readonly #connection: Connection
  readonly #place: Project
  #transaction: Transaction | undefined
  #failure: StoreUnreachable | undefined
  /** Leases were changed since the last commit. */
  #isUnsaved = false
  #isOver = false
  /** The end of the latest call. */
  #latest: Promise<unknown> = Promise.resolve()

  private constructor(
    project: string,
    place: Project,
    opened: { connection: Connection; transaction: Transaction },
  ) {
    this.project = project
    this.#place = place
    this.#connection = opened.connection
    this.#transaction = opened.transaction
  }

  /** Waits for the lock, runs `work`, and makes durable what it left open; undoes that if it throws. */
  static async run<T>(
    project: string,
    place: Project,
    work: (turn: Turn) => Promise<T>,
  ): Promise<T> {
    const turn = new Turn(project, place, await Transaction.open(place))
    try {
      const result = await work(turn)
      await turn.#finish()
      return result
    } catch (error) {
      await turn.#undo()
      throw error
    } finally {
      turn.#isOver = true
      turn.#connection.release()
    }
  }

  clocks(): ClockReading {
    return this.#place.clock.read()
  }

  leases(): Promise<LeaseTable> {
    return this.#attempt(
      async () =>
        this.#transaction?.table ?? readLeases(this.#read, this.#place.name, this.#place.clock),
    )
  }

  changeLeases(change: LeaseChange): Promise<LeaseTable> {
    return this.#attempt(async () => {
      const table = await (await this.#open()).changeLeases(change)
      this.#isUnsaved = true
      return table
    })
  }

  append(feature: string, addition: Addition): Promise<number> {
    return this.#attempt(async () => {
      const transaction = await this.#open()
      const version = await transaction.append(feature, addition)
      this.#transaction = undefined
      await transaction.commit()
      this.#isUnsaved = false
      return version
    })
  }

  readSince(feature: string, version: number): Promise<Added> {
    return this.#attempt(() => readSince(this.#read, this.#place.name, feature, version))
  }

  features(): Promise<string[]> {
    return this.#attempt(() => readFeatures(this.#read, this.#place.name))
  }

  withTurn<T>(work: (inTurn: Turn) => Promise<T>): Promise<T> {
    return work(this)
  }

  async close(): Promise<void> {}

  readonly #read = async (text: string, values: readonly unknown[]): Promise<unknown[]> =>
    (await this.#connection.query(text, values)).rows

  async #open(): Promise<Transaction> {
    this.#transaction ??= await Transaction.next(this.#connection, this.#place)
    return this.#transaction
  }

  /** One after another: a connection does one thing at a time. */
  #attempt<T>(what: () => Promise<T>): Promise<T> {
    const result = this.#latest.then(() => this.#run(what))
    this.#latest = result.catch(() => {})
    return result
  }

  /** After one failure it is unknown what the transaction contains, so nothing succeeds any more. */
  async #run<T>(what: () => Promise<T>): Promise<T> {
    if (this.#isOver) throw new TypeError('A turn was used after its end.')
    if (this.#failure) throw this.#failure
    try {
      return await what()
    } catch (error) {
      if (error instanceof StoreUnreachable) this.#failure = error
      throw error
    }
  }

  async #finish(): Promise<void> {
    await this.#latest
    // A failure that `work` passed over is one only if something was lost with it.
    if (this.#failure && this.#isUnsaved) throw this.#failure
    if (!this.#failure) await this.#transaction?.commit()
    this.#transaction = undefined
  }

  async #undo(): Promise<void> {
    await this.#latest
    if (this.#failure || !this.#transaction) return
    // Closing the connection has the same result.
    await this.#transaction.rollback().catch(() => this.#connection.discard())
  }
}
