import process from 'node:process'
import { openClient, type Client as Connection } from '../../server/stdio-client.ts'
import type { Client, Launch } from '../clients/client.ts'
import type { Surroundings } from '../targets.ts'

interface Started {
  ok: boolean
  /** What happened, as the end of a sentence. */
  found: string
}

/** Starts the server as a client does, and asks it for its folder. */
export async function startServer(
  client: Client,
  { command, args, env }: Launch,
  { root, machine }: Surroundings,
  signal: AbortSignal,
): Promise<Started> {
  const words = args.map(word => word.replace('${workspaceFolder}', root))
  try {
    const connection = await openClient({
      argv: [command, ...words],
      // The others announce the project, or are started in it.
      cwd: client.root === 'always' && machine.home !== '' ? machine.home : root,
      env: { ...environment(client), ...env },
      signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]),
    })
    try {
      return await folderOf(connection, root)
    } finally {
      await connection.end()
    }
  } catch (error) {
    signal.throwIfAborted()
    const reason = error instanceof Error ? error.message : String(error)
    return { ok: false, found: `does not start the server: ${reason}` }
  }
}

/** The first start of `npx` downloads the package. */
const LONGEST_MS = 60_000

/** Applications that are not started from a terminal have only the search path of the system. */
function environment({ needsAbsoluteProgram }: Client): NodeJS.ProcessEnv {
  const { env } = process
  const isBare = needsAbsoluteProgram === true && process.platform !== 'win32'
  return isBare ? { ...env, PATH: '/usr/bin:/bin:/usr/sbin:/sbin' } : env
}

async function folderOf(connection: Connection, root: string): Promise<Started> {
  const { name, version } = connection.server
  const { text, code } = await connection.call('read_document', { document: 'progress' })
  const folder = /"workspace": ?"((?:\\.|[^"\\])*)"/.exec(text)?.[1]?.replace(/\\(.)/g, '$1')
  const answers = `answers as ${name} ${version}`
  if (code === 'no_project') return { ok: false, found: `${answers}, and finds no project` }
  if (folder === undefined) return { ok: true, found: `${answers}, without a plan to read` }
  return { ok: folder === root, found: `${answers} and works in ${folder}` }
}
