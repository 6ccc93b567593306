import process from 'node:process'
import type { Statement } from '../../evidence/witness/statement.ts'
import { StoreUnreachable } from '../../store/coordinator/coordinator.ts'
import {
  readRecorded,
  type RecordedLines,
} from '../../store/coordinator/postgres/recorded-lines.ts'
import { tagsOf } from './database-tags.ts'
import type { LoadedStatement } from './loaded-statement.ts'

/**
 * What the database of a shared store has of a project, in the form of a witness's statement. Its tables are only ever added to, by an
 * account that can do nothing else, so nobody has to sign it.
 */
export async function databaseStatement(from: string): Promise<LoadedStatement> {
  const project = URL.canParse(from) ? new URL(from).searchParams.get('project') : null
  if (!project)
    return { problem: 'Name the project in the database after its address: ?project=owner/name.' }
  try {
    const { at, recorded } = await readRecorded(from, project, process.env)
    if (recorded.length === 0)
      return { problem: `The database has no lines of the project ${project}.` }
    return {
      statement: { project, at, chains: chainsIn(recorded) },
      isFresh: true,
      isDatabase: true,
      notes: [],
    }
  } catch (error) {
    if (!(error instanceof StoreUnreachable)) throw error
    return {
      problem: `The database could not be asked: ${error.message}. So nothing is known about what it has.`,
    }
  }
}

function chainsIn(recorded: readonly RecordedLines[]): Statement['chains'] {
  const chains = new Map<string, Statement['chains'][number]>()
  for (const lines of recorded) {
    const { feature, file, seq, prev, hashes, added } = lines
    if (hashes.length === 0) continue
    const chain = file.slice(0, -'.jsonl'.length)
    const known = chains.get(`${feature}/${file}`) ?? { feature, chain, heard: [] }
    known.heard.push({ chain, first: seq + 1, prev, hashes, heard: added, ...tagsOf(lines) })
    chains.set(`${feature}/${file}`, known)
  }
  return [...chains.values()]
}
