import * as z from 'zod'
import { checkLine, GENESIS } from '../../../evidence/chain.ts'
import { commitSchema } from '../../transaction/commit-schema.ts'
import { StoreUnreachable } from '../coordinator.ts'
import { parseAddress, type Environment } from './address.ts'
import { Database } from './database.ts'
import { parsed } from './rows.ts'
import { checkVersion } from './versions.ts'

/** Lines that were added with one decision, as the database has them. */
export interface RecordedLines {
  feature: string
  /** Name of the chain's file. */
  file: string
  /** Number and hash of the line before the first one. */
  seq: number
  prev: string
  hashes: string[]
  clone: string
  branch: string
  /** When, by the database's clock, in microseconds. */
  added: string
}

/** All lines of a project, with the time of the answer. Creates and changes nothing. Throws `StoreUnreachable`. */
export async function readRecorded(
  url: string,
  project: string,
  environment: Environment | undefined,
): Promise<{ at: string; recorded: RecordedLines[] }> {
  const database = await Database.open(parseAddress(url, environment))
  try {
    const versions = await database.read(
      `SELECT version, to_char(now() AT TIME ZONE 'UTC', ${TIME}) AS at FROM redgreen.schema_version`,
      [],
    )
    const { version, at } = parsed(versionRow, versions[0])
    checkVersion(version)
    const rows = await database.read(
      `SELECT c.feature, c.file, c.seq, c.prev, c.lines, c.clone, c.branch,
         to_char(c.added AT TIME ZONE 'UTC', ${TIME}) AS added
       FROM redgreen.commits c JOIN redgreen.projects p ON p.id = c.project
       WHERE p.name = $1 ORDER BY c.feature, c.version`,
      [project],
    )
    return { at, recorded: checked(parsed(z.array(commitRow), rows)) }
  } finally {
    await database.close()
  }
}

const versionRow = z.object({ version: z.number(), at: z.string() })

const TIME = `'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`

const commitRow = commitSchema
  .pick({ file: true, seq: true, prev: true, lines: true, branch: true })
  .extend({ feature: z.string(), clone: z.string(), added: z.string() })

/** Checks each chain: somebody who owns the tables may have changed them. */
function checked(rows: readonly z.infer<typeof commitRow>[]): RecordedLines[] {
  const tips = new Map<string, { hash: string; seq: number }>()
  return rows.map(({ lines, ...row }) => {
    const { feature, file } = row
    const chain = `${feature}/${file}`
    let tip = tips.get(chain) ?? { hash: GENESIS, seq: 0 }
    const hashes = lines.map(line => {
      const found = checkLine(line, { prev: tip.hash, seq: tip.seq + 1 })
      if ('broken' in found)
        throw new StoreUnreachable(
          `its line ${tip.seq + 1} of the chain ${chain} is damaged: ${found.broken}`,
        )
      tip = { hash: found.hash, seq: tip.seq + 1 }
      return found.hash
    })
    tips.set(chain, tip)
    return { ...row, hashes }
  })
}
