import { inspect } from 'node:util'
import type { JsonValue } from '../text/json-format.ts'
import { readEntry, setEntry } from '../text/json-entry.ts'
import { removeEntry } from '../text/json-removal.ts'
import type { Machine } from '../machine.ts'

/** The key of the server in every configuration file. */
export const SERVER = 'redgreen'

/** For one person in all projects, or for everybody in one project. */
export type Level = 'user' | 'project'

/** How a client starts the server. */
export interface Launch {
  command: string
  args: string[]
  env?: Record<string, string>
  /** The folder in which it starts. `init` writes none. */
  cwd?: string
  /** A file with more variables. `init` writes none. */
  envFile?: string
}

/** How a client's file holds the server: pure functions from text to text. They throw `Unusable` and then nothing is written. */
export interface ServerFormat {
  /** The text with this launch as the server's entry. An entry that says the same is not changed. */
  set: (text: string, launch: Launch) => string
  /** The text without the server's entry. */
  remove: (text: string) => string
  /** The launch that the text holds; `undefined` if it has no entry for the server. */
  read: (text: string) => Launch | undefined
}

/** A client's own command for servers of the user level. */
export interface OwnCommand {
  program: string
  add: (launch: Launch) => string[]
  /** Without it, the entry is removed from the file. */
  remove?: string[]
}

/** A client that can be set up: where it keeps its servers, and in which form. */
export interface Client {
  /** Value of `--client`. */
  name: string
  title: string
  /** Absolute paths of the user level. The first that exists is used; if none does, the first. */
  userFiles: (machine: Machine) => string[]
  /** Paths in the project, chosen in the same way. Without it, the client has only the user level. */
  projectFiles?: readonly string[]
  format: ServerFormat
  /** Folders that show that the client is installed. */
  folders: (machine: Machine) => string[]
  /** Folders in a project that show that it is used there. */
  projectFolders?: readonly string[]
  /** Programs on PATH that show that it is installed. */
  programs?: readonly string[]
  own?: OwnCommand
  /**
   * What the server needs as `--root`: `always` the absolute path, because the client starts it elsewhere; or a variable that the
   * client replaces in files of the project level. Default: none, because the client announces the folder or starts the server in it.
   */
  root?: 'always' | '${workspaceFolder}'
  /** The client does not have the PATH of a shell, so the program is named by its absolute path. */
  needsAbsoluteProgram?: true
}

/** The common form: an object of servers by name, each with a command, its arguments and its environment. */
export function jsonServers(
  path: (text: string) => readonly [string, ...string[]],
  more: { [key: string]: JsonValue } = {},
): ServerFormat {
  return {
    set: (text, { command, args, env }) =>
      setEntry(text, [...path(text), SERVER], { ...more, command, args, ...(env && { env }) }),
    remove: text => removeEntry(text, [...path(text), SERVER]),
    read: text => launchFrom(readEntry(text, [...path(text), SERVER])),
  }
}

/** The form of most clients. */
export function mcpServers(more: { [key: string]: JsonValue } = {}): ServerFormat {
  return jsonServers(() => ['mcpServers'], more)
}

/** A launch as an entry holds it; `undefined` if the entry names no command. */
export function launchFrom(value: unknown): Launch | undefined {
  if (typeof value !== 'object' || value === null || !('command' in value)) return undefined
  const { command } = value
  if (typeof command !== 'string') return undefined
  const args = 'args' in value && Array.isArray(value.args) ? value.args : []
  const env = 'env' in value ? variablesFrom(value.env) : undefined
  return { command, args: args.filter(isText), ...(env && { env }), ...placeFrom(value) }
}

/** Where an entry starts the server, and its file with variables. */
export function placeFrom(value: object): Pick<Launch, 'cwd' | 'envFile'> {
  const text = (name: 'cwd' | 'envFile') => {
    const found: unknown = Reflect.get(value, name)
    return isText(found) && found !== '' ? { [name]: found } : {}
  }
  return { ...text('cwd'), ...text('envFile') }
}

/** The variables that an entry sets; `undefined` if it sets none. */
export function variablesFrom(value: unknown): Record<string, string> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const variables = Object.entries(value)
  if (variables.length === 0) return undefined
  return Object.fromEntries(
    variables.map(([name, text]) => [name, isText(text) ? text : inspect(text)]),
  )
}

export function isText(value: unknown): value is string {
  return typeof value === 'string'
}
