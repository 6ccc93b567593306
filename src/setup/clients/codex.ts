import { inHome, type Machine } from '../machine.ts'
import { readTable, removeTable, setTable } from '../text/toml-table.ts'
import { launchFrom, SERVER, type Client } from './client.ts'

const TABLE = ['mcp_servers', SERVER]

/** The first start downloads the package, which can take longer than the default of 10 seconds. */
const START_SECONDS = 60

/** A malformed file stops the program, so a file that does not parse is never written. */
export const codex: Client = {
  name: 'codex',
  title: 'Codex',
  userFiles: machine => [inFolder(machine, 'config.toml')],
  projectFiles: ['.codex/config.toml'],
  format: {
    set: (text, { command, args }) =>
      setTable(text, TABLE, { command, args, startup_timeout_sec: START_SECONDS }),
    remove: text => removeTable(text, TABLE),
    read: text => launchFrom(readTable(text, TABLE)),
  },
  folders: machine => [inFolder(machine)],
  projectFolders: ['.codex'],
  programs: ['codex'],
  own: {
    program: 'codex',
    add: ({ command, args }) => ['mcp', 'add', SERVER, '--', command, ...args],
    remove: ['mcp', 'remove', SERVER],
  },
}

function inFolder(machine: Machine, ...names: string[]): string {
  const folder = machine.variable('CODEX_HOME')
  return folder ? [folder, ...names].join('/') : inHome(machine, '.codex', ...names)
}
