import * as z from 'zod'
import { parseJson } from '../../../plan/parse-json.ts'
import { lease, type LeaseTable } from '../../leases/lease-table.ts'
import { commitSchema } from '../../transaction/commit-schema.ts'
import type { Added, SharedCommit } from '../coordinator.ts'
import type { DatabaseClock } from './clock.ts'
import { parsed } from './rows.ts'
import { checkVersion } from './versions.ts'

/** Runs a statement that changes nothing, in a transaction or outside. */
export type Read = (text: string, values: readonly unknown[]) => Promise<unknown[]>

/** The leases in the only row of an answer, which also has the time. */
export function tableIn(rows: readonly unknown[], databaseClock: DatabaseClock): LeaseTable {
  const { schema_version, lease_number, leases, clock } = parsed(leaseRow, rows[0])
  checkVersion(schema_version)
  databaseClock.set(clock)
  return { number: lease_number, leases: parsed(leaseEntries, parseJson(leases)) }
}

const leaseEntries = z.record(z.string(), lease)

const leaseRow = z.object({
  schema_version: z.number(),
  lease_number: z.number(),
  leases: z.string(),
  clock: z.number(),
})

/** The leases of a project. */
export async function readLeases(
  read: Read,
  project: string,
  clock: DatabaseClock,
): Promise<LeaseTable> {
  const rows = await read(
    `SELECT v.version AS schema_version, coalesce(p.lease_number, 0) AS lease_number, coalesce(p.leases, '{}') AS leases,
       (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS clock
     FROM redgreen.schema_version v LEFT JOIN redgreen.projects p ON p.name = $1`,
    [project],
  )
  return tableIn(rows, clock)
}

/** The commits of a feature after a version, and its latest version, at one moment. */
export async function readSince(
  read: Read,
  project: string,
  feature: string,
  version: number,
): Promise<Added> {
  const rows = await read(
    `SELECT v.version AS schema_version, coalesce(f.version, 0) AS latest,
       c.file, c.seq, c.prev, c.lines, c.tip, c.marks, c.attached, c.added::text AS added
     FROM redgreen.schema_version v
       LEFT JOIN redgreen.projects p ON p.name = $1
       LEFT JOIN redgreen.features f ON f.project = p.id AND f.name = $2
       LEFT JOIN redgreen.commits c ON c.project = p.id AND c.feature = $2 AND c.version > $3
     ORDER BY c.version`,
    [project, feature, version],
  )
  const { schema_version, latest } = parsed(versionsRow, rows[0])
  checkVersion(schema_version)
  const added = rows.filter(row => parsed(fileRow, row).file !== null)
  return { version: latest, commits: added.map(row => commitIn(row)) }
}

/** The features of a project that have a line. */
export async function readFeatures(read: Read, project: string): Promise<string[]> {
  const rows = await read(
    `SELECT f.name FROM redgreen.features f JOIN redgreen.projects p ON p.id = f.project WHERE p.name = $1 ORDER BY f.name`,
    [project],
  )
  return parsed(z.array(z.object({ name: z.string() })), rows).map(({ name }) => name)
}

const versionsRow = z.object({ schema_version: z.number(), latest: z.number() })

/** `null`: nothing was added. */
const fileRow = z.object({ file: z.string().nullable() })

function commitIn(row: unknown): SharedCommit {
  const { marks, attached, ...commit } = parsed(commitRow, row)
  return {
    ...commit,
    ...(marks !== null && { marks }),
    ...(attached !== null && { attached: parsed(attachedFiles, parseJson(attached)) }),
  }
}

const commitRow = commitSchema
  .pick({ file: true, seq: true, prev: true, lines: true, tip: true })
  .extend({ marks: z.string().nullable(), attached: z.string().nullable(), added: z.string() })

const attachedFiles = z.record(z.string(), z.string())
