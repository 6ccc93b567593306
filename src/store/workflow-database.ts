import path from 'node:path'
import { readBytes } from './read-file.ts'
import type { Workspace } from './workspace.ts'

/** Tables of the database that a workflow keeps next to its files, by name. */
export type Tables = ReadonlyMap<string, Record<string, unknown>[]>

/** Paths of the databases of the supported workflows. */
export const DATABASES = ['.specflow/features.db', '.specflow/specflow.db', 'features.db']

/** The tables that dialects use. */
const TABLES = ['features', 'approval_gates']

/** A larger file is not a list of features. */
const MAX_BYTES = 64 * 1024 * 1024

/** Reads the workflow's database, if there is one. The engine is loaded only then. Writes nothing. */
export async function readTables(workspace: Workspace): Promise<Tables> {
  for (const place of DATABASES) {
    const bytes = readBytes(path.join(workspace.root, place))
    if (bytes && bytes.length > 0 && bytes.length <= MAX_BYTES) return tablesOf(bytes)
  }
  return new Map()
}

async function tablesOf(bytes: Uint8Array): Promise<Tables> {
  const { default: initSqlJs } = await import('sql.js/dist/sql-wasm-inline.js')
  const { Database } = await initSqlJs()
  const database = new Database(bytes)
  try {
    return new Map(TABLES.map(table => [table, rowsOf(database, table)]))
  } catch {
    // Not a database, or one that is being written: only the workflow's files are used.
    return new Map()
  } finally {
    database.close()
  }
}

function rowsOf(
  database: { exec(sql: string): { columns: string[]; values: unknown[][] }[] },
  table: string,
): Record<string, unknown>[] {
  const known = database.exec(`SELECT name FROM sqlite_master WHERE name = '${table}'`)
  if (known.length === 0) return []
  return database
    .exec(`SELECT * FROM ${table} LIMIT 10000`)
    .flatMap(({ columns, values }) =>
      values.map(row => Object.fromEntries(columns.map((column, at) => [column, row[at]]))),
    )
}
