import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Client, Launch, Level } from './clients/client.ts'
import { hookCommand } from './hooks/command.ts'
import { hooksIn, removeHooks, setHooks, type HookClient } from './hooks/hook-format.ts'
import { hookClients } from './hooks/index.ts'
import type { Installation } from '../runner/installation.ts'
import { launchFor } from './launch.ts'
import type { Machine } from './machine.ts'

/** Where the set-up runs. */
export interface Surroundings {
  /** The project folder, absolute. */
  root: string
  machine: Machine
  installation: Installation
  isOnPath: (program: string) => boolean
}

/** One part of a file that the set-up writes or removes. The functions are pure and throw `Unusable`. */
export interface Target {
  client: string
  title: string
  what: 'server' | 'hooks' | 'test command' | 'plan' | 'dialect' | 'merge driver'
  level: Level
  file: string
  set: (text: string) => string
  remove: (text: string) => string
  /** Why the target cannot be set up at all. */
  unavailable?: string
  /** Does the text have this part, in any form? */
  has: (text: string) => boolean
  /** Does the text have exactly what `set` writes? */
  isSet: (text: string) => boolean
  /** The launch that the text has for the server. */
  launch?: (text: string) => Launch | undefined
  /** The launch that `set` writes for the server. */
  expected?: Launch
  /** The client's own command, if it is to be used instead of the file. */
  own?: { program: string; add: string[]; remove?: string[] }
}

/** The place of a client's server entry. `level` is the one that was asked for; default: the project, if the client has that level. */
export function serverTarget(
  client: Client,
  asked: Level | undefined,
  surroundings: Surroundings,
): Target {
  const { root, machine, installation, isOnPath } = surroundings
  const level = asked ?? (client.projectFiles ? 'project' : 'user')
  const files =
    level === 'user'
      ? client.userFiles(machine)
      : (client.projectFiles ?? []).map(file => path.join(root, file))
  const file = files.find(name => existsSync(name)) ?? files[0]
  const launch = launchFor(client, level, root, installation, machine)
  const { format, own, name, title } = client
  const usesOwn = own && level === 'user' && isOnPath(own.program)
  return {
    client: name,
    title,
    what: 'server',
    level,
    file: machine.home === '' && level === 'user' ? '' : (file ?? ''),
    ...unavailable(level, file, machine),
    set: text => format.set(text, launch),
    remove: format.remove,
    has: text => format.read(text) !== undefined,
    isSet: text => format.set(text, launch) === text,
    launch: format.read,
    expected: launch,
    ...(usesOwn && {
      own: {
        program: own.program,
        add: own.add(launch),
        ...(own.remove && { remove: own.remove }),
      },
    }),
  }
}

/** The place of a client's hooks; `undefined` if it has none that this program can install. */
export function hookTarget(
  { name, title }: Client,
  asked: Level | undefined,
  { root, machine, installation }: Surroundings,
): Target | undefined {
  const found: HookClient | undefined = hookClients.find(({ client }) => client === name)
  if (!found) return undefined
  const level = asked ?? 'project'
  const file = level === 'user' ? found.userFile(machine) : path.join(root, found.projectFile)
  const command = hookCommand(found.flag, level, root, installation)
  return {
    client: name,
    title,
    what: 'hooks',
    level,
    file,
    ...unavailable(level, file, machine),
    set: text => setHooks(text, found, command),
    remove: text => removeHooks(text, found),
    has: text => hooksIn(text, found).size > 0,
    isSet: text => setHooks(text, found, command) === text,
  }
}

function unavailable(
  level: Level,
  file: string | undefined,
  { home }: Machine,
): Pick<Target, 'unavailable'> {
  if (file === undefined)
    return { unavailable: 'it has no configuration in projects; use --user for it' }
  return level === 'user' && home === ''
    ? { unavailable: 'the system names no home folder, so there is no file of the user' }
    : {}
}
