import { inHome } from '../machine.ts'
import { readEntry, setEntry } from '../text/json-entry.ts'
import { removeEntry } from '../text/json-removal.ts'
import { isText, SERVER, variablesFrom, type Client, type Launch, placeFrom } from './client.ts'

/** The command is one list. */
export const opencode: Client = {
  name: 'opencode',
  title: 'opencode',
  userFiles: machine =>
    ['opencode.jsonc', 'opencode.json'].map(name => inHome(machine, '.config', 'opencode', name)),
  projectFiles: ['opencode.jsonc', 'opencode.json'],
  format: {
    set: (text, { command, args, env }) =>
      setEntry(text, pathIn(text), {
        type: 'local',
        command: [command, ...args],
        enabled: true,
        ...(env && { environment: env }),
      }),
    remove: text => removeEntry(text, pathIn(text)),
    read: text => launchIn(readEntry(text, pathIn(text))),
  },
  folders: machine => [inHome(machine, '.config', 'opencode')],
  projectFolders: ['.opencode'],
  programs: ['opencode'],
}

/** Newer files have the servers in `mcp.servers`. */
function pathIn(text: string): readonly [string, ...string[]] {
  const servers = readEntry(text, ['mcp', 'servers'])
  const isNew = typeof servers === 'object' && servers !== null && !('command' in servers)
  return isNew ? ['mcp', 'servers', SERVER] : ['mcp', SERVER]
}

function launchIn(value: unknown): Launch | undefined {
  if (typeof value !== 'object' || value === null || !('command' in value)) return undefined
  const words = Array.isArray(value.command) ? value.command.filter(isText) : []
  const [command, ...args] = words
  if (command === undefined) return undefined
  const env = 'environment' in value ? variablesFrom(value.environment) : undefined
  return { command, args, ...(env && { env }), ...placeFrom(value) }
}
