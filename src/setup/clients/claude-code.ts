import { inHome } from '../machine.ts'
import { mcpServers, SERVER, type Client } from './client.ts'

/** The user file also holds the state of the program, so its own command is preferred. */
export const claudeCode: Client = {
  name: 'claude-code',
  title: 'Claude Code',
  userFiles: machine => [inHome(machine, '.claude.json')],
  projectFiles: ['.mcp.json'],
  format: mcpServers(),
  folders: machine => [inHome(machine, '.claude')],
  projectFolders: ['.claude'],
  programs: ['claude'],
  own: {
    program: 'claude',
    add: ({ command, args }) => ['mcp', 'add', '--scope', 'user', SERVER, '--', command, ...args],
    remove: ['mcp', 'remove', '--scope', 'user', SERVER],
  },
}
