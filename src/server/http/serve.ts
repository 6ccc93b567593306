import { randomBytes } from 'node:crypto'
import { realpathSync } from 'node:fs'
import path from 'node:path'
import { standbys } from '../../runner/standby/standbys.ts'
import { codeOf } from '../../store/disk.ts'
import { git } from '../../store/git.ts'
import { gitFolderOf } from '../../store/git-folder.ts'
import { endOrphanedRuns } from '../../store/live-runs.ts'
import { readToken, UnsafeTokenFile, type Token } from '../../store/token-file.ts'
import { openWorkspace } from '../../store/workspace.ts'
import { cleanUp } from '../clean-up.ts'
import type { Address } from './address.ts'
import { HttpServer } from './http-server.ts'
import { servedWorkspaces, workspaceAddress, type ServedWorkspace } from './served-workspaces.ts'

export interface ServeRequest extends Address {
  /** Absolute paths. */
  roots: readonly string[]
  tokenFile: string | undefined
  /** The server stops when it aborts. */
  signal: AbortSignal
  /** Called once, with the address of the page. */
  onListen: (url: string) => void
  /** Receives lines for the human who started it. */
  hint: (text: string) => void
}

/** Why the server does not start, as one line. */
export class CannotServe extends Error {
  override name = 'CannotServe'
}

/** Serves until `signal` aborts. Throws `CannotServe`. */
export async function serveHttp(request: ServeRequest): Promise<void> {
  const { host, port, signal, hint } = request
  const token = tokenOf(request)
  const workspaces = servedWorkspaces(request.roots)
  // Those of a killed server.
  for (const { root } of workspaces) await cleanUp(root, endOrphanedRuns)
  // Only in memory and on the terminal: assistants can read files, such as the one with the token of the clients.
  const pageToken = randomBytes(32).toString('base64url')
  const server = new HttpServer({ host, port, token: token.text, pageToken, workspaces })
  const url = await listen(server, request)
  standbys.open()
  request.onListen(url)
  hint(`For you, to decide on the page until the server ends: ${url}#token=${pageToken}`)
  for (const line of hints(url, workspaces, token)) hint(line)
  // The warning is optional, so an error in reading the project is ignored.
  const warning = await warningAbout(token.file, workspaces).catch(() => undefined)
  if (warning !== undefined) hint(warning)
  if (!signal.aborted)
    await new Promise(resolve => signal.addEventListener('abort', resolve, { once: true }))
  standbys.close()
  await server.stop()
}

function tokenOf({ tokenFile }: ServeRequest): Token {
  try {
    return readToken(tokenFile)
  } catch (error) {
    if (error instanceof UnsafeTokenFile) throw new CannotServe(error.message)
    throw error
  }
}

async function listen(server: HttpServer, { host, port }: Address): Promise<string> {
  try {
    return await server.listen()
  } catch (error) {
    const reason = REASONS[codeOf(error) ?? '']
    if (reason === undefined) throw error
    throw new CannotServe(
      `${reason.replace('PLACE', `${host}, port ${port}`)} No server was started.`,
    )
  }
}

const REASONS: Record<string, string> = {
  EADDRINUSE: 'Another program listens at PLACE: stop it, or choose another port with --port.',
  EACCES: 'This user may not listen at PLACE: choose a port above 1023 with --port.',
  EADDRNOTAVAIL: 'PLACE is not an address of this machine: choose another one with --host.',
  ENOTFOUND: 'The host of PLACE is not known: choose another one with --host.',
}

function hints(url: string, workspaces: readonly ServedWorkspace[], token: Token): string[] {
  const [, ...others] = workspaces
  const addresses =
    others.length === 0
      ? [`${url}mcp`]
      : workspaces.map(workspace => workspaceAddress(url, workspace))
  return [
    ...addresses.map(address => `For clients: ${address}`),
    token.isNew
      ? `The token of the clients was created in ${token.file} and is shown only now: ${token.text}`
      : `The token of the clients is in ${token.file}.`,
    'Clients send it in the header `Authorization: Bearer TOKEN`.',
  ]
}

/** A file of the project reaches snapshots and commits, unless git ignores it. */
async function warningAbout(
  tokenFile: string,
  workspaces: readonly ServedWorkspace[],
): Promise<string | undefined> {
  const file = realpathSync(tokenFile)
  for (const { root } of workspaces) {
    const top = gitFolderOf(root)?.top
    const workspace = openWorkspace(root)
    if (top === undefined || workspace === undefined) continue
    const relative = path.relative(top, file)
    const [first = ''] = relative.split(path.sep)
    if (path.isAbsolute(relative) || ['..', '.git'].includes(first)) continue
    const ignored = await git(workspace, ['check-ignore', '--quiet', '--', file])
    if (ignored === undefined)
      return `Warning: git does not ignore ${file}, so the token gets into commits and snapshots. Add it to .gitignore, or name a file elsewhere.`
  }
  return undefined
}
