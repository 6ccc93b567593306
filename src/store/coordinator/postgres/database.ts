import type { Client, Pool, PoolClient } from 'pg'
import type { Address } from './address.ts'
import { Connection, type Answer } from './connection.ts'
import { loadDriver } from './driver.ts'
import { unreachable } from './failure.ts'
import { guardClient } from './guarded-client.ts'
import { GuardedSocket } from './guarded-socket.ts'
import { LIMITS, type Limits } from './limits.ts'

/** The connections of this process to a database. They are opened when they are needed, and do not keep the process from ending. */
export class Database {
  readonly address: Address
  readonly limits: Limits
  readonly quoted: (text: string) => string
  readonly #pool: Pool
  readonly #newClient: () => Client
  readonly #used = new WeakSet<PoolClient>()
  #closed: Promise<void> | undefined
  /** The sockets that were made since the latest call began to connect. */
  readonly #made: GuardedSocket[] = []

  private constructor(
    { Pool, Client, escapeLiteral }: Awaited<ReturnType<typeof loadDriver>>,
    address: Address,
    limits: Limits,
  ) {
    this.address = address
    this.limits = limits
    this.quoted = escapeLiteral
    const stream = () => {
      const socket = new GuardedSocket()
      this.#made.push(socket)
      return socket
    }
    const options = { ...optionsOf(address, limits), stream }
    class GuardedClient extends Client {
      constructor() {
        super(options)
        guardClient(this)
      }
    }
    this.#newClient = () => new GuardedClient()
    this.#pool = new Pool({
      ...options,
      Client: GuardedClient,
      max: MAX_CONNECTIONS,
      allowExitOnIdle: true,
      idleTimeoutMillis: 30_000,
    })
    // The database closes connections that nobody uses, for instance when it stops. The next call opens another one.
    this.#pool.on('error', () => {})
  }

  static async open(address: Address, limits: Partial<Limits> = {}): Promise<Database> {
    return new Database(await loadDriver(), address, { ...LIMITS, ...address.limits, ...limits })
  }

  /**
   * A connection on which the statements in `text` have run. An idle connection may have been lost without a sign. Then another one is
   * used, so nothing may be lost if these statements run twice.
   */
  async begin(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ connection: Connection; answer: Answer }> {
    for (let retries = MAX_CONNECTIONS; ; retries -= 1) {
      const { connection, isReused } = await this.#connect()
      try {
        return { connection, answer: await connection.query(text, values) }
      } catch (error) {
        connection.release()
        if (!isReused || !connection.isLost || retries === 0) throw error
      }
    }
  }

  /** The rows of a statement that changes nothing. */
  async read(text: string, values: readonly unknown[]): Promise<unknown[]> {
    const { connection, answer } = await this.begin(text, values)
    connection.release()
    return answer.rows
  }

  /** A connection beside the others, for what lasts. The caller ends it. */
  newClient(): Client {
    return this.#newClient()
  }

  async close(): Promise<void> {
    // A lost connection may never confirm that it is closed.
    this.#closed ??= Promise.race([this.#pool.end(), shortly()])
    await this.#closed
  }

  async #connect(): Promise<{ connection: Connection; isReused: boolean }> {
    this.#made.length = 0
    const connecting = this.#pool.connect()
    const [socket] = this.#made
    try {
      const client = await connecting
      const isReused = this.#used.has(client)
      this.#used.add(client)
      return { connection: new Connection(client, this.address), isReused }
    } catch (error) {
      // The driver leaves it open if it fails itself, for instance without a password. Then the process would not end.
      socket?.destroy()
      throw unreachable(error, this.address)
    }
  }
}

/** One for a turn, one for readings of the page meanwhile, one to spare. */
const MAX_CONNECTIONS = 3

/** Every option is given, because pg reads missing ones from the environment. */
function optionsOf({ host, port, database, user, password, tls }: Address, limits: Limits) {
  return {
    host,
    port,
    database,
    user,
    // pg would also read an option with an empty text from the environment.
    ...(password !== undefined && { password: () => password }),
    ssl: tls,
    sslnegotiation: 'postgres' as const,
    application_name: 'redgreen',
    keepAlive: true,
    connectionTimeoutMillis: limits.connect,
    query_timeout: limits.answer,
  }
}

function shortly(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 1000).unref())
}
