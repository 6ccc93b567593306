import { inHome } from '../machine.ts'
import { mcpServers, type Client } from './client.ts'

export const windsurf: Client = {
  name: 'windsurf',
  title: 'Windsurf',
  userFiles: machine => [inHome(machine, '.codeium', 'windsurf', 'mcp_config.json')],
  format: mcpServers(),
  folders: machine => [inHome(machine, '.codeium', 'windsurf')],
  programs: ['windsurf'],
  root: 'always',
}
