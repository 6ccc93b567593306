import { isSigned } from '../../evidence/witness/signature.ts'
import { statement as schema } from '../../evidence/witness/statement.ts'
import { readBytes } from '../../store/read-file.ts'
import { parseJson } from '../../plan/parse-json.ts'
import type { Workspace } from '../../store/workspace.ts'
import { BadAddress, witnessAddress } from './address.ts'
import { expectedKey } from './expected-key.ts'
import type { LoadedStatement } from './loaded-statement.ts'
import { askWitness, NoAnswer } from './request.ts'

/** Which witness is asked: its address, that of a database, or the file of a statement, all with `?project=NAME`, and its public key. */
export interface WitnessRequest {
  from: string
  key?: string | undefined
}

/** Gets the statement of a witness and checks its signature. */
export async function loadStatement(
  workspace: Workspace,
  { from, key: named }: WitnessRequest,
): Promise<LoadedStatement> {
  if (/^postgres(?:ql)?:/i.test(from)) {
    const { databaseStatement } = await import('./database-statement.ts')
    return databaseStatement(from)
  }
  const isFresh = /^(?:https?|unix):/.test(from)
  const key = expectedKey(workspace, named)
  // A pull request can contain both the file and the settings.
  if (!isFresh && key.from !== 'caller')
    return {
      problem:
        'A file with a statement proves nothing without the key of the witness: name it with --witness-key.',
    }
  const read = isFresh ? await ask(from) : fileOf(from)
  if ('problem' in read) return read
  const { data } = schema.safeParse(read.document)
  if (!data) return { problem: `${from} has no statement of a witness.` }
  if (!isSigned(read.document))
    return { problem: 'The signature of the statement is not valid, so it says nothing.' }
  if (key.key !== undefined && data.key !== key.key) {
    const who = key.from === 'settings' ? 'redgreen.config.json names' : '--witness-key names'
    return {
      problem: `The statement is signed with the key ${data.key}, and ${who} another one, so it says nothing.`,
    }
  }
  // A witness signs what it heard of every project of everybody who has its token.
  if (data.project !== read.project)
    return {
      problem: `The statement is about the project ${data.project} and not about ${read.project}, so it says nothing. Name the project after the address or the file: ?project=NAME.`,
    }
  const trust = `No key of the witness was named, so its statement is worth as much as its address. It signs with ${data.key}.`
  return { statement: data, isFresh, notes: key.key === undefined ? [trust] : [] }
}

/** What was read, and the project that the caller means. */
type Read = { document: unknown; project: string } | { problem: string }

async function ask(from: string): Promise<Read> {
  try {
    const address = witnessAddress(from)
    const { project } = address
    const path = `/statement?project=${encodeURIComponent(project)}`
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    return { document: await askWitness(address, ['GET', path], { signal }), project }
  } catch (error) {
    if (error instanceof BadAddress) return { problem: error.message }
    if (!(error instanceof NoAnswer)) throw error
    return {
      problem: `The witness could not be asked: ${error.message}. So nothing is known about what it heard.`,
    }
  }
}

function fileOf(from: string): Read {
  const { file = from, project = 'default' } =
    /^(?<file>.+)\?project=(?<project>[^?]*)$/.exec(from)?.groups ?? {}
  const text = readBytes(file)?.toString('utf8')
  return text === undefined
    ? { problem: `There is no file ${file} with a statement of the witness.` }
    : { document: parseJson(text), project }
}

/** Longer than the limit of a step, because `verify` may take its time and a statement may be long. */
const TIMEOUT_MS = 30_000
