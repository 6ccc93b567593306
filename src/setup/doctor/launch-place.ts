import { statSync } from 'node:fs'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { readBytes } from '../../store/read-file.ts'
import type { Launch } from '../clients/client.ts'
import type { Surroundings } from '../targets.ts'

/** Where a client starts the server, and with which variables. */
export interface LaunchPlace {
  /** Absolute; `undefined` if the entry names none. */
  cwd: string | undefined
  /** Those of the entry's file, and those of the entry itself, which have precedence. */
  env: Record<string, string>
}

/** Why an entry cannot be tried. */
export interface LaunchObstacle {
  ok: boolean
  /** The end of a sentence. */
  found: string
}

/**
 * The working directory and the variables that an entry of the user names. A folder or a file of the project is not used: its content may
 * be of a repository that nobody has checked, and decides what a command such as `npx` runs.
 */
export function launchPlace(
  { cwd, env, envFile }: Launch,
  surroundings: Surroundings,
): LaunchPlace | LaunchObstacle {
  const [folder, file] = [cwd, envFile].map(name => name && expanded(name, surroundings))
  const inside = [folder, file].find(name => name && isInside(name, surroundings.root))
  if (inside) return { ok: true, found: `was not started: ${inside} is in the project` }
  if (folder && !isFolder(folder))
    return { ok: false, found: `cannot start the server: its folder ${folder} does not exist` }
  const text = file ? readBytes(file)?.toString('utf8') : ''
  if (text === undefined)
    return { ok: false, found: `cannot start the server: its file ${file} does not exist` }
  return { cwd: folder || undefined, env: { ...variablesIn(text), ...env } }
}

function expanded(name: string, { root, machine }: Surroundings): string {
  const plain = name
    .replace(/^~(?=[/\\]|$)/, machine.home)
    .replaceAll(/\$\{(?:userHome|env:HOME)\}/g, machine.home)
    .replaceAll('${workspaceFolder}', root)
  return path.resolve(root, plain)
}

function isInside(file: string, root: string): boolean {
  const relative = path.relative(root, file)
  return !relative.startsWith('..') && !path.isAbsolute(relative)
}

function isFolder(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false
}

function variablesIn(text: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parseEnv(text)).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    ),
  )
}
