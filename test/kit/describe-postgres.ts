import { afterAll, beforeAll, beforeEach, describe } from 'vitest'
import type { PostgresCoordinator } from '../../src/store/coordinator/postgres/postgres-coordinator.ts'
import { POSTGRES, TestPostgres } from './postgres.ts'
import { nextProject, openStore } from './postgres-store.ts'

/** A PostgreSQL for the tests of a block, with the database `db1`. Read it in a test. */
export interface PostgresPlace {
  readonly server: TestPostgres
  /** The URL of `db1`. */
  readonly url: string
}

/** Two stores of a project that no other test has. */
export interface TwoStores {
  project: string
  store: PostgresCoordinator
  other: PostgresCoordinator
}

/** Tests that need a PostgreSQL of their own. They are skipped without its programs, or if something else is missing. */
export function describePostgres(
  name: string,
  tests: (place: PostgresPlace) => void,
  isPossible = true,
): void {
  let started: TestPostgres | undefined
  const server = () => {
    if (!started) throw new Error('PostgreSQL runs while the tests of a block do.')
    return started
  }
  describe.skipIf(POSTGRES === undefined || !isPossible)(`${name} (PostgreSQL)`, () => {
    beforeAll(async () => {
      started = await TestPostgres.start()
      await started.database()
    }, 120_000)
    afterAll(() => started?.end())
    tests({
      get server() {
        return server()
      },
      get url() {
        return server().url('db1')
      },
    })
  })
}

/** Opens two stores before each test, in two clones. */
export function withTwoStores(place: PostgresPlace, use: (stores: TwoStores) => void): void {
  beforeEach(async () => {
    const project = nextProject()
    const store = await openStore(place.url, { project })
    const other = await openStore(place.url, { project, clone: 'other' })
    use({ project, store, other })
  })
}
