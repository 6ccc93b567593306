import * as z from 'zod'
import { StoreUnreachable } from '../coordinator.ts'
import type { Connection } from './connection.ts'
import type { Database } from './database.ts'
import { parsed } from './rows.ts'
import { MIGRATIONS } from './schema.ts'
import { checkVersion } from './versions.ts'

/** Creates the tables, or changes those of an earlier version. Servers that start at the same time do it one after another. */
export async function prepareSchema(
  database: Database,
  migrations: readonly string[] = MIGRATIONS,
): Promise<void> {
  const { connection, answer } = await database.begin(
    `SELECT current_setting('server_version_num')::integer AS number, current_setting('server_encoding') AS encoding`,
  )
  try {
    refuseDatabase(parsed(databaseRow, answer.rows[0]))
    const version = await installedVersion(connection)
    if (version > migrations.length) checkVersion(version, migrations.length)
    if (version < migrations.length) await migrate(connection, migrations)
  } finally {
    connection.release()
  }
}

async function migrate(connection: Connection, migrations: readonly string[]): Promise<void> {
  await connection.query('BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE')
  try {
    await connection.query(`SELECT pg_advisory_xact_lock(${LOCK_ID})`)
    const version = await installedVersion(connection)
    if (version > migrations.length) checkVersion(version, migrations.length)
    await refuseWithoutRights(connection, version)
    for (const text of migrations.slice(version)) await connection.query(text)
    await connection.query('DELETE FROM redgreen.schema_version')
    await connection.query('INSERT INTO redgreen.schema_version (version) VALUES ($1)', [
      migrations.length,
    ])
    await connection.query('COMMIT')
  } catch (error) {
    connection.discard()
    throw error
  }
}

/** Any number that other programs do not use in the same database. */
const LOCK_ID = 7_303_014_502

function refuseDatabase({ number, encoding }: z.infer<typeof databaseRow>): void {
  if (number < MIN_SERVER_VERSION * 10_000)
    throw new StoreUnreachable(`the database is older than PostgreSQL ${MIN_SERVER_VERSION}`)
  if (encoding !== 'UTF8')
    throw new StoreUnreachable(
      `the database stores texts as ${encoding}; create one with ENCODING 'UTF8'`,
    )
}

const databaseRow = z.object({ number: z.number(), encoding: z.string() })

/** The oldest version that PostgreSQL's developers still maintained when this was written. */
const MIN_SERVER_VERSION = 13

/** 0 if there are no tables. */
async function installedVersion(connection: Connection): Promise<number> {
  const { rows } = await connection.query(
    `SELECT count(*)::integer AS tables FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'redgreen' AND c.relname = 'schema_version'`,
  )
  if (parsed(z.object({ tables: z.number() }), rows[0]).tables === 0) return 0
  const versions = await connection.query('SELECT version FROM redgreen.schema_version')
  return parsed(z.object({ version: z.number() }), versions.rows[0]).version
}

async function refuseWithoutRights(connection: Connection, version: number): Promise<void> {
  const { rows } = await connection.query(
    `SELECT quote_ident(current_user) AS role, quote_ident(current_database()) AS database,
       has_database_privilege(current_database(), 'CREATE') AS "mayCreate",
       (SELECT pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = 'redgreen') AS "isOwner"`,
  )
  const { role, database, mayCreate, isOwner } = parsed(rightsRow, rows[0])
  if (isOwner ?? mayCreate) return
  throw new StoreUnreachable(
    version > 0
      ? `its tables are of version ${version}, and the role ${role} may not change them; call redgreen once as the role that owns them`
      : `the role ${role} may not create the schema redgreen; run "GRANT CREATE ON DATABASE ${database} TO ${role}", or call redgreen once as a role that may`,
  )
}

const rightsRow = z.object({
  role: z.string(),
  database: z.string(),
  mayCreate: z.boolean(),
  isOwner: z.boolean().nullable(),
})
