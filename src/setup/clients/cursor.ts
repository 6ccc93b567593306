import { inHome } from '../machine.ts'
import { mcpServers, type Client } from './client.ts'

export const cursor: Client = {
  name: 'cursor',
  title: 'Cursor',
  userFiles: machine => [inHome(machine, '.cursor', 'mcp.json')],
  projectFiles: ['.cursor/mcp.json'],
  format: mcpServers(),
  folders: machine => [inHome(machine, '.cursor')],
  projectFolders: ['.cursor'],
  programs: ['cursor'],
  root: '${workspaceFolder}',
}
