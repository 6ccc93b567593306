import path from 'node:path'
import process from 'node:process'
import type { Application, StartCommand } from '../../../plan/application.ts'
import { parseCommand } from '../../../runner/command-line.ts'
import { localOrigin, parseAddress, portOf } from '../../../runner/origin.ts'
import { freePort, portOwner, isPortTaken } from '../../../runner/ports.ts'
import { secretsOf } from '../../../runner/redact.ts'
import { builtFiles, findStart } from '../../../runner/start-command.ts'
import { createTemporaryFolder, type TemporaryFolder } from '../../../runner/temporary-folder.ts'
import { packageOf } from '../../../store/package-view.ts'
import { SETTINGS_FILE } from '../../../plan/settings-file.ts'
import { absolute, contain, Outside, toSlashes } from '../../../store/workspace.ts'
import type { Context } from '../../context/context.ts'

/** How an application is started. */
export interface Launch {
  argv: string[]
  /** Absolute. */
  folder: string
  env: Record<string, string>
  secrets: string[]
  /** The origins where it is expected; empty if it may choose. */
  origins: string[]
  port: number
  temporary: TemporaryFolder | undefined
}

/** Why it cannot be started. */
export interface NoLaunch {
  findings: string[]
  missingArtifacts: string[]
  /** Neither the settings nor the project show how it is started. */
  undetected?: true
}

/** Decides how the application is started, and checks what must exist before the start. */
export async function planLaunch(
  context: Context,
  application: Application,
): Promise<Launch | NoLaunch> {
  const command = commandOf(context, application.start)
  if ('finding' in command) {
    const { finding, ...undetected } = command
    return { ...noLaunch(finding), ...undetected }
  }
  const named = application.start?.folder ?? command.folder
  const folder = folderOf(context, named)
  if (folder === undefined) return noLaunch(`The folder ${named} is outside the workspace.`)
  const missing = missingArtifacts(context, application.start, command.argv, folder)
  if (missing.length > 0)
    return {
      findings: missing.map(file => `build artifact missing: ${file}; nothing was started`),
      missingArtifacts: missing,
    }
  const addresses = addressesOf(application)
  const remote = addresses.find(({ origin }) => origin === undefined)
  if (remote)
    return noLaunch(
      `${remote.address} is not on this machine; only the started application is requested`,
    )
  const origins = [...new Set(addresses.flatMap(({ origin }) => origin ?? []))]
  const taken = await takenPorts(origins)
  if (taken.length > 0) return { findings: taken, missingArtifacts: [] }
  const [first] = origins
  const port = first === undefined ? await freePort() : portOf(new URL(first))
  const placeholders = placeholdersFor(port)
  const env = environmentFor(application.start, command.env, port, placeholders)
  const argv = command.argv.map(placeholders.fill)
  const temporary = placeholders.temporary()
  return { argv, folder, env, secrets: secretsOf(env), origins, port, temporary }
}

function noLaunch(finding: string): NoLaunch {
  return { findings: [finding], missingArtifacts: [] }
}

/** Why there is no command. */
interface NoCommand {
  finding: string
  undetected?: true
}

interface Command {
  argv: string[]
  env: Record<string, string>
  folder: string | undefined
}

function commandOf(context: Context, start: StartCommand | undefined): Command | NoCommand {
  const given = start?.command ?? ''
  if (Array.isArray(given)) return { argv: given, env: {}, folder: undefined }
  if (given.trim() === '') return detectCommand(context, start?.folder ?? '.')
  const parsed = parseCommand(given)
  if ('needsShell' in parsed)
    return {
      finding: `The start command ${JSON.stringify(given)} needs a shell for "${parsed.needsShell}", but no shell is used. Put it into a script, such as start.sh.`,
    }
  return parsed.argv.length > 0
    ? parsed
    : { finding: `The start command ${given} names no program.` }
}

function detectCommand({ workspace, reader }: Context, folder: string): Command | NoCommand {
  const { view } = packageOf(workspace, `${folder}/package.json`)
  const found = findStart(view, file => reader.read(path.posix.join(folder, file)))
  if (found) return { argv: found.argv, env: {}, folder: undefined }
  return {
    finding: `No start command was found. A human sets validation.start.command in ${SETTINGS_FILE}, or "start": false if there is nothing to start.`,
    undetected: true,
  }
}

function folderOf({ workspace }: Context, folder: string | undefined): string | undefined {
  if (folder === undefined || folder === '.') return workspace.root
  try {
    return absolute(workspace, contain(workspace, folder))
  } catch (error) {
    if (error instanceof Outside) return undefined
    throw error
  }
}

/** Artifacts in the settings are relative to the workspace, those of the command to its folder. */
function missingArtifacts(
  { workspace, reader }: Context,
  start: StartCommand | undefined,
  argv: readonly string[],
  folder: string,
): string[] {
  const from = toSlashes(path.relative(workspace.root, folder))
  const { view } = packageOf(workspace, path.posix.join(from, 'package.json'))
  const built = builtFiles(argv, view).map(file => path.posix.join(from, file))
  return [...new Set([...(start?.artifacts ?? []), ...built])].filter(file => !reader.exists(file))
}

/** The addresses in the settings or the plan, that of the application itself first. */
function addressesOf({ start, health, frontend }: Application) {
  const port = start?.env['PORT']
  const own =
    start?.url ??
    (port !== undefined && /^\d+$/.test(port) ? `http://localhost:${port}` : undefined)
  return [own, health, frontend].flatMap(address =>
    typeof address === 'string' && /^\w+:\/\//.test(address)
      ? [{ address, origin: localOrigin(address) }]
      : [],
  )
}

async function takenPorts(origins: readonly string[]): Promise<string[]> {
  const ports = [...new Set(origins.map(origin => portOf(new URL(origin))))]
  const taken = await Promise.all(ports.map(isPortTaken))
  return ports
    .filter((_, at) => taken[at])
    .map(port => {
      const owner = portOwner(port) ?? 'another program'
      return `port ${port} is taken by ${owner}, so nothing was started`
    })
}

interface Placeholders {
  /** Replaces `{port}`, and `{temp}` with the path of a temporary folder. */
  fill: (text: string) => string
  /** The temporary folder, if `{temp}` was replaced. */
  temporary: () => TemporaryFolder | undefined
}

function placeholdersFor(port: number): Placeholders {
  let temporary: TemporaryFolder | undefined
  const folder = () => {
    temporary ??= createTemporaryFolder('app')
    return temporary.path
  }
  return {
    fill: text => text.replaceAll('{port}', String(port)).replaceAll('{temp}', folder),
    temporary: () => temporary,
  }
}

function environmentFor(
  start: StartCommand | undefined,
  own: Record<string, string>,
  port: number,
  { fill }: Placeholders,
): Record<string, string> {
  const inherited = (start?.inherit ?? []).flatMap(name => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  const configured = Object.entries({ ...own, ...start?.env }).map(
    ([name, value]) => [name, fill(value)] as const,
  )
  const defaults = { NODE_ENV: 'production', PORT: String(port) }
  return { ...defaults, ...Object.fromEntries(inherited), ...Object.fromEntries(configured) }
}

/** The origin of the application's pages, if settings or plan give one; else its main origin. */
export function pagesOf({ frontend }: Application, origins: readonly string[]): string {
  const [first = ''] = origins
  const url = typeof frontend === 'string' ? parseAddress(frontend) : undefined
  return (url && localOrigin(url.href)) ?? first
}
