import type { ClockReading } from '../../leases/expiry.ts'
import type { LeaseTable } from '../../leases/lease-table.ts'
import type { Added, Addition, Change, Coordinator, LeaseChange } from '../coordinator.ts'
import { parseAddress, placeOf } from './address.ts'
import { DatabaseClock } from './clock.ts'
import { Database } from './database.ts'
import type { Limits } from './limits.ts'
import { prepareSchema } from './migrate.ts'
import type { Project } from './project.ts'
import { readFeatures, readLeases, readSince } from './readings.ts'
import { Turn } from './turn.ts'
import { watchProject, type Watch } from './watch.ts'

/** A shared store in PostgreSQL. */
export interface PostgresSettings {
  url: string
  /** The name of the project; several can share a database. */
  project: string
  /** The id of this clone. */
  clone: string
  /** PostgreSQL's variables, if the URL comes from the user's environment. One from a repository's settings must not use them. */
  environment?: Readonly<Record<string, string | undefined>>
  limits?: Partial<Limits>
}

/** Connects, and creates the tables if there are none. Throws `StoreUnreachable`. */
export async function openPostgres(settings: PostgresSettings): Promise<PostgresCoordinator> {
  const { url, project: name, clone, environment, limits } = settings
  const database = await Database.open(parseAddress(url, environment), limits)
  try {
    await prepareSchema(database)
    const coordinator = new PostgresCoordinator({
      name,
      clone,
      database,
      clock: new DatabaseClock(),
    })
    // The answer has the time.
    await coordinator.leases()
    return coordinator
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Decisions of all servers of a project are made in a database, one after another. */
export class PostgresCoordinator implements Coordinator {
  readonly project: string
  readonly #place: Project

  constructor(place: Project) {
    const { address } = place.database
    this.project = `${placeOf(address)}/${address.database} ${place.name}`
    this.#place = place
  }

  clocks(): ClockReading {
    return this.#place.clock.read()
  }

  leases(): Promise<LeaseTable> {
    return readLeases(this.#read, this.#place.name, this.#place.clock)
  }

  changeLeases(change: LeaseChange): Promise<LeaseTable> {
    return this.withTurn(turn => turn.changeLeases(change))
  }

  append(feature: string, addition: Addition): Promise<number> {
    return this.withTurn(turn => turn.append(feature, addition))
  }

  readSince(feature: string, version: number): Promise<Added> {
    return readSince(this.#read, this.#place.name, feature, version)
  }

  features(): Promise<string[]> {
    return readFeatures(this.#read, this.#place.name)
  }

  withTurn<T>(work: (inTurn: Coordinator) => Promise<T>): Promise<T> {
    return Turn.run(this.project, this.#place, work)
  }

  /** Calls `onChange` after other servers changed something. The process can end meanwhile. */
  watch(onChange: (change: Change) => void, pollMs?: number): Watch {
    return watchProject(this.#place, onChange, pollMs)
  }

  close(): Promise<void> {
    return this.#place.database.close()
  }

  readonly #read = (text: string, values: readonly unknown[]) =>
    this.#place.database.read(text, values)
}
