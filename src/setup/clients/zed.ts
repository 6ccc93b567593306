import { inConfig, inHome } from '../machine.ts'
import { jsonServers, type Client } from './client.ts'

export const zed: Client = {
  name: 'zed',
  title: 'Zed',
  // On macOS the folder is also `~/.config`.
  userFiles: machine => [
    machine.platform === 'win32'
      ? inConfig(machine, 'Zed', 'settings.json')
      : inHome(machine, '.config', 'zed', 'settings.json'),
  ],
  projectFiles: ['.zed/settings.json'],
  format: jsonServers(() => ['context_servers']),
  folders: machine => [inConfig(machine, machine.platform === 'win32' ? 'Zed' : 'zed')],
  projectFolders: ['.zed'],
  programs: ['zed'],
}
