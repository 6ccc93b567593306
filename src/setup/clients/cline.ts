import { applicationData, type Machine } from '../machine.ts'
import { mcpServers, type Client } from './client.ts'

export const cline: Client = {
  name: 'cline',
  title: 'Cline',
  userFiles: machine => [extension(machine, 'settings', 'cline_mcp_settings.json')],
  format: mcpServers({ disabled: false }),
  folders: machine => [extension(machine)],
  root: 'always',
}

function extension(machine: Machine, ...parts: string[]): string {
  const storage = ['Code', 'User', 'globalStorage', 'saoudrizwan.claude-dev']
  return applicationData(machine, ...storage, ...parts)
}
