import { inHome } from '../machine.ts'
import { mcpServers, SERVER, type Client } from './client.ts'

export const gemini: Client = {
  name: 'gemini',
  title: 'Gemini CLI',
  userFiles: machine => [inHome(machine, '.gemini', 'settings.json')],
  projectFiles: ['.gemini/settings.json'],
  format: mcpServers(),
  folders: machine => [inHome(machine, '.gemini')],
  projectFolders: ['.gemini'],
  programs: ['gemini'],
  own: {
    program: 'gemini',
    add: ({ command, args }) => ['mcp', 'add', '--scope', 'user', SERVER, command, ...args],
    remove: ['mcp', 'remove', '--scope', 'user', SERVER],
  },
}
