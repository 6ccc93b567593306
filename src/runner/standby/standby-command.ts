import path from 'node:path'
import process from 'node:process'
import type { ChannelKind } from './channel.ts'
import { identityOf, stampOfFiles, stampOfFolders } from './stamps.ts'

/** How a runner is started before it is known which tests it will run. */
export interface StandbyCommand {
  /** Program and arguments. */
  argv: string[]
  /** Folder of the package, which is the working directory. */
  cwd: string
  /** Root of the workspace. */
  root: string
  env: Record<string, string>
  scriptEnv?: Record<string, string> | undefined
  /** Files that an installation of another version of the runner writes. */
  installed: readonly string[]
  channel: ChannelKind
  /** Its start reads settings of the package. */
  readsSettings: boolean
}

/** Longer than an assistant needs to write a test. A process that waits takes memory. */
export const MAX_WAIT_MS = 300_000

/** A text that differs between commands. */
export function keyOf({ argv, cwd, env, scriptEnv }: StandbyCommand): string {
  return JSON.stringify([argv, cwd, env, scriptEnv])
}

/**
 * The stamp of what decides how a runner starts in a package: its folder, Node, what is installed, and the settings of package and
 * workspace. A process stays in its folder if that is moved or deleted, and another folder has the path then.
 */
export function stampOfPlace(command: StandbyCommand): string {
  const folders = foldersOf(command)
  const place = identityOf(folders)
  if (!command.readsSettings)
    return `${place}\n${stampOfFiles([process.execPath, ...command.installed]).text}`
  const installations = folders.flatMap(folder =>
    INSTALLED.map(name => path.join(folder, 'node_modules', name)),
  )
  const files = [process.execPath, ...command.installed, ...installations]
  return `${place}\n${stampOfFolders(folders).text}\n${stampOfFiles(files).text}`
}

/** Files that package managers write into `node_modules` with each installation. */
const INSTALLED = ['.package-lock.json', '.modules.yaml', '.yarn-integrity', '.yarn-state.yml']

/** The folders from the package up to the root of the workspace. */
export function foldersOf({ cwd, root }: Pick<StandbyCommand, 'cwd' | 'root'>): string[] {
  const parent = path.dirname(cwd)
  const isInside = !path.relative(root, parent).startsWith('..')
  return isInside && parent !== cwd ? [cwd, ...foldersOf({ cwd: parent, root })] : [cwd]
}
