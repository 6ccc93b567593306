import { inHome } from '../machine.ts'
import { mcpServers, type Client } from './client.ts'

export const junie: Client = {
  name: 'junie',
  title: 'JetBrains Junie',
  userFiles: machine => [inHome(machine, '.junie', 'mcp', 'mcp.json')],
  projectFiles: ['.junie/mcp/mcp.json'],
  format: mcpServers(),
  folders: machine => [inHome(machine, '.junie')],
  projectFolders: ['.junie'],
  programs: ['junie'],
  root: 'always',
  needsAbsoluteProgram: true,
}
