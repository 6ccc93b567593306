import path from 'node:path'
import process from 'node:process'
import { buildFloors } from '../floors.ts'
import { BACKLOG, backlog } from './backlog.ts'
import type { Command, Contestant } from './contestant.ts'
import { HOME, installPackage, type Package } from './install.ts'
import { lockedFile } from './locked-file.ts'
import { ours } from './ours.ts'
import { SHRIMP, shrimp } from './shrimp.ts'
import { TASK_MASTER, taskMaster } from './task-master.ts'
import { messageOf } from './turns.ts'

/** Everything that is compared. */
export interface Catalog {
  /** Servers of tasks; the first is ours. */
  contestants: Contestant[]
  /** Servers of which only the start is measured. */
  others: { name: string; command: Command }[]
  /** The packages that could not be installed, and why. */
  missing: Record<string, string>
}

const PEERS: [Package, (program: string) => Contestant][] = [
  [TASK_MASTER, taskMaster],
  [BACKLOG, backlog],
  [SHRIMP, shrimp],
]

const REFERENCE: Package[] = [
  { name: '@modelcontextprotocol/server-everything', version: '2026.8.31' },
  { name: '@modelcontextprotocol/server-memory', version: '2026.8.31' },
  { name: '@modelcontextprotocol/server-sequential-thinking', version: '2026.8.31' },
]

/** Bundles the floors and installs the packages that are not installed yet. */
export async function openCatalog(): Promise<Catalog> {
  const floors = await buildFloors()
  const missing: Record<string, string> = {}
  const install = async (wanted: Package): Promise<string[]> => {
    try {
      return [await installPackage(wanted)]
    } catch (error) {
      missing[`${wanted.name} ${wanted.version}`] = messageOf(error)
      return []
    }
  }
  const contestants = [ours, lockedFile(floors.lockedFile)]
  for (const [wanted, contestant] of PEERS)
    contestants.push(...(await install(wanted)).map(program => contestant(program)))
  const others = [
    { name: 'redgreen-mcp, after its installation', command: afterInstallation() },
    { name: 'bare server', command: { command: process.execPath, args: [floors.bare] } },
  ]
  for (const wanted of REFERENCE)
    for (const program of await install(wanted)) {
      const command = { command: process.execPath, args: [program], env: { HOME } }
      others.push({ name: `${wanted.name.replace(/^.*\//, '')} ${wanted.version}`, command })
    }
  return { contestants, others, missing }
}

/** Our server without compiled code of an earlier one. It keeps none either, because it answers no call to a tool. */
function afterInstallation(): Command {
  const { command, args } = ours.start('.')
  return { command, args, env: { XDG_STATE_HOME: path.join(HOME, 'empty') } }
}
