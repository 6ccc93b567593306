import path from 'node:path'
import type { Client, Launch, Level } from './clients/client.ts'
import { PACKAGE, TEMPORARY, type Installation } from '../runner/installation.ts'
import type { Machine } from './machine.ts'

/** The launch that a client needs at a level, for the project in `root`. */
export function launchFor(
  client: Client,
  level: Level,
  root: string,
  installation: Installation,
  machine: Machine,
): Launch {
  const absolute = client.needsAbsoluteProgram === true
  const { command, args } = program(installation, machine, absolute)
  const rootArguments = rootOf(client, level, root)
  const found = absolute && machine.platform !== 'win32' ? searchPath(machine) : undefined
  return {
    command,
    args: [...args, ...rootArguments],
    ...(found !== undefined && { env: { PATH: found } }),
  }
}

function program(installation: Installation, machine: Machine, absolute: boolean): Launch {
  const { kind, program, node, npx } = installation
  if (kind === 'folder') return { command: absolute ? node : 'node', args: [program] }
  // `npx` is a batch file there, which only a shell can start.
  if (machine.platform === 'win32') return { command: 'cmd', args: ['/c', 'npx', '-y', PACKAGE] }
  return { command: absolute ? npx : 'npx', args: ['-y', PACKAGE] }
}

function rootOf({ root }: Client, level: Level, folder: string): string[] {
  if (root === 'always') return ['--root', folder]
  return root !== undefined && level === 'project' ? ['--root', root] : []
}

/**
 * The user's search path, for applications that do not have it: the server starts git and the project's test runner. Folders that npm
 * adds for one run are left out.
 */
function searchPath({ variable }: Machine): string | undefined {
  const folders = (variable('PATH') ?? '').split(path.posix.delimiter)
  const lasting = folders.filter(folder => folder !== '' && !TEMPORARY.test(folder))
  return lasting.length > 0 ? [...new Set(lasting)].join(path.posix.delimiter) : undefined
}
