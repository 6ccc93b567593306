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
import { SETTINGS_FILE } from '../../../store/settings.ts'
import { absolute, contain, Outside, toSlashes } from '../../../store/workspace.ts'
import type { Context } from '../../context/context.ts'

/** Everything that is known before an application is started. */
export interface Launch {
  argv: string[]
  /** Absolute. */
  folder: string
  env: Record<string, string>
  secrets: string[]
  /** Where it is expected; empty when it may take what it likes. */
  origins: string[]
  port: number
  temporary: TemporaryFolder | undefined
}

/** Why it was not started: each a whole phrase. */
export interface NoLaunch {
  findings: string[]
  missingArtifacts: string[]
}

/** Settles how the application is started, and looks at what has to be there before. */
export async function planLaunch(
  context: Context,
  application: Application,
): Promise<Launch | NoLaunch> {
  const command = commandOf(context, application.start)
  if ('finding' in command) return no(command.finding)
  const named = application.start?.folder ?? command.folder
  const folder = folderOf(context, named)
  if (folder === undefined) return no(`The folder ${named} is outside the workspace.`)
  const missing = missingArtifacts(context, application.start, command.argv, folder)
  if (missing.length > 0)
    return {
      findings: missing.map(file => `build artifact missing: ${file}; nothing was started`),
      missingArtifacts: missing,
    }
  const places = placesOf(application)
  const foreign = places.find(({ origin }) => origin === undefined)
  if (foreign)
    return no(`${foreign.address} is not on this machine; only what was started is called`)
  const origins = [...new Set(places.flatMap(({ origin }) => origin ?? []))]
  const taken = await takenPorts(origins)
  if (taken.length > 0) return { findings: taken, missingArtifacts: [] }
  const [first] = origins
  const port = first === undefined ? await freePort() : portOf(new URL(first))
  const fill = fillerOf(port)
  const env = environmentFor(application.start, command.env, port, fill)
  const argv = command.argv.map(fill.text)
  return { argv, folder, env, secrets: secretsOf(env), origins, port, temporary: fill.temporary() }
}

function no(...findings: string[]): NoLaunch {
  return { findings, missingArtifacts: [] }
}

interface Command {
  argv: string[]
  env: Record<string, string>
  folder: string | undefined
}

function commandOf(
  context: Context,
  start: StartCommand | undefined,
): Command | { finding: string } {
  const given = start?.command ?? ''
  if (Array.isArray(given)) return { argv: given, env: {}, folder: undefined }
  if (given.trim() === '') return foundCommand(context, start?.folder ?? '.')
  const words = parseCommand(given)
  if ('needsShell' in words)
    return {
      finding: `The start command ${JSON.stringify(given)} needs a shell for "${words.needsShell}", and none is used: put it into a script, such as start.sh.`,
    }
  return words.argv.length > 0 ? words : { finding: `The start command ${given} names no program.` }
}

function foundCommand(
  { workspace, reader }: Context,
  folder: string,
): Command | { finding: string } {
  const { view } = packageOf(workspace, `${folder}/package.json`)
  const found = findStart(view, file => reader.read(path.posix.join(folder, file)))
  if (found) return { argv: found.argv, env: {}, folder: undefined }
  return {
    finding: `Nothing says how the application is started. A person names it in ${SETTINGS_FILE} under validation.start.command, or says there with "start": false that there is nothing to start.`,
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

/** Those that the settings name are found from the workspace, those of the command from where it starts. */
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

/** The addresses that settings or plan name, its own first. */
function placesOf({ start, health, frontend }: Application) {
  const port = start?.env['PORT']
  const own =
    start?.url ??
    (port !== undefined && /^\d+$/.test(port) ? `http://localhost:${port}` : undefined)
  const named = [own, health, frontend].filter(
    place => typeof place === 'string' && /^\w+:\/\//.test(place),
  )
  return named.flatMap(address =>
    typeof address === 'string' ? [{ address, origin: localOrigin(address) }] : [],
  )
}

async function takenPorts(origins: readonly string[]): Promise<string[]> {
  const ports = [...new Set(origins.map(origin => portOf(new URL(origin))))]
  const taken = await Promise.all(ports.map(isPortTaken))
  return ports
    .filter((_, at) => taken[at])
    .map(port => {
      const holder = portOwner(port)
      const by = holder === undefined ? 'another program' : holder
      return `port ${port} is taken by ${by}, so nothing was started`
    })
}

interface Filler {
  text: (text: string) => string
  temporary: () => TemporaryFolder | undefined
}

/** `{port}` and `{temp}` in what the settings give to the application. */
function fillerOf(port: number): Filler {
  let temporary: TemporaryFolder | undefined
  const folder = () => {
    temporary ??= createTemporaryFolder('app')
    return temporary.path
  }
  return {
    text: text => text.replaceAll('{port}', String(port)).replaceAll('{temp}', folder),
    temporary: () => temporary,
  }
}

function environmentFor(
  start: StartCommand | undefined,
  own: Record<string, string>,
  port: number,
  fill: Filler,
): Record<string, string> {
  const handed = (start?.inherit ?? []).flatMap(name => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  const given = Object.entries({ ...own, ...start?.env }).map(
    ([name, value]) => [name, fill.text(value)] as const,
  )
  const usual = { NODE_ENV: 'production', PORT: String(port) }
  return { ...usual, ...Object.fromEntries(handed), ...Object.fromEntries(given) }
}

/** Where its pages are, when plan or settings give them an address of their own. */
export function pagesOf({ frontend }: Application, origins: readonly string[]): string {
  const [first = ''] = origins
  const url = typeof frontend === 'string' ? parseAddress(frontend) : undefined
  return (url && localOrigin(url.href)) ?? first
}
