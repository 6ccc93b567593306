import process from 'node:process'
import { createTemporaryFolder } from '../../runner/temporary-folder.ts'
import { openClient, type Client as Connection } from '../../server/stdio-client.ts'
import type { Client, Launch } from '../clients/client.ts'
import type { Surroundings } from '../targets.ts'
import { launchPlace } from './launch-place.ts'

interface Started {
  ok: boolean
  /** What happened, as the end of a sentence. */
  found: string
  /** What helps, if it is not another entry. */
  remedy?: string
}

/**
 * Starts the server as a client does, and asks it for its folder. It starts in the folder of the entry or, without one, in an empty one,
 * because `npx` and similar commands run what the working directory has installed or configured, and the project may not be trustworthy.
 */
export async function startServer(
  client: Client,
  launch: Launch,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<Started> {
  const place = launchPlace(launch, surroundings)
  if ('found' in place) return { ...place, remedy: 'Correct the file.' }
  const { command, args } = launch
  const { root } = surroundings
  const words = args.map(word => word.replace('${workspaceFolder}', root))
  const folder = createTemporaryFolder('canary')
  const overdue = AbortSignal.timeout(TIMEOUT_MS)
  try {
    const connection = await openClient({
      argv: [command, ...words],
      cwd: place.cwd ?? folder.path,
      env: { ...environment(client, root), ...place.env },
      signal: AbortSignal.any([signal, overdue]),
    })
    try {
      return await folderOf(connection, root)
    } finally {
      await connection.end()
    }
  } catch (error) {
    signal.throwIfAborted()
    const reason = error instanceof Error ? error.message : String(error)
    const found = overdue.aborted
      ? `did not answer in ${TIMEOUT_MS / 1000} seconds`
      : `does not start the server: ${reason}`
    return { ok: false, found }
  } finally {
    folder.remove()
  }
}

/** The first start of `npx` downloads the package. */
const TIMEOUT_MS = 60_000

/** Applications that are not started from a terminal have only the search path of the system. */
function environment(client: Client, folder: string): NodeJS.ProcessEnv {
  const isBare = client.needsAbsoluteProgram === true && process.platform !== 'win32'
  return {
    ...process.env,
    ...(isBare && { PATH: '/usr/bin:/bin:/usr/sbin:/sbin' }),
    // The others announce the project, or start the server in it.
    ...(client.root !== 'always' && { REDGREEN_ROOT: folder }),
  }
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
