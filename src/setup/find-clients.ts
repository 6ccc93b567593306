import { statSync } from 'node:fs'
import path from 'node:path'
import { clients } from './clients/index.ts'
import type { Client } from './clients/client.ts'
import type { Surroundings } from './targets.ts'

/** The clients that are installed for the user or used in the project. */
export function findClients({ root, machine, isOnPath }: Surroundings): Client[] {
  return clients.filter(({ folders, projectFolders = [], programs = [] }) => {
    const own = machine.home === '' ? [] : folders(machine)
    const places = [...own, ...projectFolders.map(folder => path.join(root, folder))]
    return places.some(isFolder) || programs.some(isOnPath)
  })
}

function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false
}
