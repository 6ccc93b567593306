import { inHome } from '../machine.ts'
import { mcpServers, type Client } from './client.ts'

/** It also reads `.mcp.json`. Its own file is used, because its entries have fields that other clients do not have. */
export const copilotCli: Client = {
  name: 'copilot-cli',
  title: 'Copilot CLI',
  userFiles: machine => [inHome(machine, '.copilot', 'mcp-config.json')],
  projectFiles: ['.github/mcp.json'],
  format: mcpServers({ type: 'local', tools: ['*'] }),
  folders: machine => [inHome(machine, '.copilot')],
  programs: ['copilot'],
}
