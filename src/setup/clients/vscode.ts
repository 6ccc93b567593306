import { applicationData } from '../machine.ts'
import { jsonServers, SERVER, type Client } from './client.ts'

export const vscode: Client = {
  name: 'vscode',
  title: 'VS Code',
  userFiles: machine => [applicationData(machine, 'Code', 'User', 'mcp.json')],
  projectFiles: ['.vscode/mcp.json'],
  format: jsonServers(() => ['servers'], { type: 'stdio' }),
  folders: machine => [applicationData(machine, 'Code')],
  projectFolders: ['.vscode'],
  programs: ['code'],
  root: '${workspaceFolder}',
  own: {
    program: 'code',
    add: ({ command, args }) => [
      '--add-mcp',
      JSON.stringify({ name: SERVER, type: 'stdio', command, args }),
    ],
  },
}
