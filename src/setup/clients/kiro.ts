import { inHome } from '../machine.ts'
import { mcpServers, type Client } from './client.ts'

export const kiro: Client = {
  name: 'kiro',
  title: 'Kiro',
  userFiles: machine => [inHome(machine, '.kiro', 'settings', 'mcp.json')],
  projectFiles: ['.kiro/settings/mcp.json'],
  format: mcpServers(),
  folders: machine => [inHome(machine, '.kiro')],
  projectFolders: ['.kiro'],
  programs: ['kiro', 'kiro-cli'],
  root: 'always',
}
