import { applicationData } from '../machine.ts'
import { mcpServers, type Client } from './client.ts'

export const claudeDesktop: Client = {
  name: 'claude-desktop',
  title: 'Claude Desktop',
  userFiles: machine => [applicationData(machine, 'Claude', 'claude_desktop_config.json')],
  format: mcpServers(),
  folders: machine => [applicationData(machine, 'Claude')],
  root: 'always',
  needsAbsoluteProgram: true,
}
