import * as z from 'zod'
import type { FencedDecision } from '../../leases/fencing.ts'
import { leaseKey, type LeaseTable } from '../../leases/lease-table.ts'
import { Overtaken } from '../../transaction/sequence.ts'
import { StoreUnreachable, type Addition, type LeaseChange } from '../coordinator.ts'
import type { Project } from './project.ts'
import type { Connection } from './connection.ts'
import { tableIn } from './readings.ts'
import { parsed } from './rows.ts'

/** A transaction of the database that has the lock on a project: while it is open, no other server decides. */
export class Transaction {
  /** The leases as this transaction sees them. */
  table: LeaseTable
  readonly #connection: Connection
  readonly #project: Project

  private constructor(connection: Connection, project: Project, rows: readonly unknown[]) {
    this.#connection = connection
    this.#project = project
    this.table = tableIn(rows, project.clock)
  }

  /** Begins on a new connection. */
  static async open(
    project: Project,
  ): Promise<{ transaction: Transaction; connection: Connection }> {
    const { connection, answer } = await project.database.begin(beginning(project))
    try {
      return { transaction: new Transaction(connection, project, answer.rows), connection }
    } catch (error) {
      connection.discard()
      connection.release()
      throw error
    }
  }

  /** Begins after another transaction, with its connection. */
  static async next(connection: Connection, project: Project): Promise<Transaction> {
    const { rows } = await connection.query(beginning(project))
    return new Transaction(connection, project, rows)
  }

  async changeLeases({ table, leases }: LeaseChange): Promise<LeaseTable> {
    const changed = Object.entries(leases).filter(
      ([key, one]) => JSON.stringify(table.leases[key]) !== JSON.stringify(one),
    )
    const { rows } = await this.#connection.query(
      'SELECT redgreen.change_leases($1, $2, $3, $4, $5, $6, $7) AS result',
      [
        this.#project.name,
        table.number,
        JSON.stringify(leases),
        changed.map(([key]) => key),
        changed.map(([, { holder }]) => holder.id),
        changed.map(([, { token }]) => token),
        changed.map(([, { releasedBy }]) => releasedBy !== undefined),
      ],
    )
    if (!parsed(z.object({ result: z.boolean() }), rows[0]).result)
      throw new Overtaken('Another server changed the leases.')
    this.table = { number: table.number + 1, leases }
    return this.table
  }

  /** Adds the lines and returns the new version. They are durable after `commit`. */
  async append(feature: string, { after, commit, attached, fence }: Addition): Promise<number> {
    const { file, seq, prev, lines, tip, marks, branch } = commit
    const { name, clone } = this.#project
    const files = attached && JSON.stringify(attached)
    const place = [name, feature, after, file, seq, prev]
    const { rows } = await this.#connection.query(
      'SELECT redgreen.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) AS result',
      [...place, lines, tip, marks, files, clone, branch, ...valuesOf(fence)],
    )
    const { result } = parsed(z.object({ result: z.string() }), rows[0])
    if (result !== 'added')
      throw new Overtaken(`Another server decided first about ${feature}: ${result}.`)
    return after + 1
  }

  /** Makes everything durable. */
  async commit(): Promise<void> {
    const { command } = await this.#connection.query('COMMIT')
    // A transaction in which a statement failed ends without an error.
    if (command !== 'COMMIT') throw new StoreUnreachable('the database undid the changes')
  }

  async rollback(): Promise<void> {
    await this.#connection.query('ROLLBACK')
  }
}

/** Nobody else may have got the task after the table was read. */
function valuesOf(fence: FencedDecision | undefined): unknown[] {
  if (!fence) return [null, null, null, null]
  const { feature, task, by, table } = fence
  const key = leaseKey(feature, task)
  return [key, by.id, table.number, table.leases[key]?.token]
}

/**
 * Begins a transaction in one round trip, whatever the account's defaults are. The limits hold for this transaction only, because a pool
 * of connections in between may give the connection to another program afterwards.
 */
function beginning({ name, database: { limits, quoted } }: Project): string {
  return `BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
    SET LOCAL idle_in_transaction_session_timeout = ${limits.idle};
    SET LOCAL lock_timeout = ${limits.lock};
    SET LOCAL statement_timeout = ${limits.statement};
    SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off';
    SELECT * FROM redgreen.lock(${quoted(name)})`
}
