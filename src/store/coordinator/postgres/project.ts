import type { DatabaseClock } from './clock.ts'
import type { Database } from './database.ts'

/** A project in a database, as one clone sees it. */
export interface Project {
  name: string
  clone: string
  database: Database
  clock: DatabaseClock
}
