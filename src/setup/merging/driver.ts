import path from 'node:path'
import { PACKAGE, type Installation } from '../../runner/installation.ts'
import { disk } from '../../store/disk.ts'
import { gitFolderOf } from '../../store/git-folder.ts'
import type { Target } from '../targets.ts'
import { DRIVER } from './attributes.ts'

/** The setting of a clone that names the program of the driver. */
export const DRIVER_SETTING = `merge.${DRIVER}.driver`

/** Names the programs of a registration, as far as it has the form that this program writes. */
const PROGRAM = /^(?:node|'[^']+'|\S+) (?:'([^']+)'|(\S+)) merge-driver /

/** The program that a registration starts, with Node or by npx. */
export function registeredProgram(driver: string): string | undefined {
  if (driver.startsWith('npx ')) return 'npx'
  const [, quoted, word] = PROGRAM.exec(driver) ?? []
  return (quoted ?? word)?.replaceAll('%%', '%')
}

/**
 * The command line that git runs for a file of which both sides changed. If the program does not merge the file, or is no longer there, git
 * merges it as it would without a driver.
 */
export function driverCommand({ node, program }: Pick<Installation, 'node' | 'program'>): string {
  const start = `${shellWord(node)} ${shellWord(program)}`
  return `${start} merge-driver %O %A %B %P || git merge-file -L ours -L base -L theirs --marker-size=%L %A %O %B`
}

/** Could a merge start another program here than the one that the user installed: one of the branch, or one of a registry? */
export function mayChange(root: string, program: string): boolean {
  const folder = gitFolderOf(root)
  if (!path.isAbsolute(program) || program.split(/[\\/]/).includes('_npx')) return true
  // A path on another drive of Windows is absolute.
  const inTree = folder && path.relative(disk.real(folder.top), program)
  if (inTree !== undefined && !inTree.startsWith('..') && !path.isAbsolute(inTree)) return true
  // Another worktree of the clone has a branch too.
  return folder !== undefined && gitFolderOf(path.dirname(program))?.common === folder.common
}

/** How the driver is registered, if this program must not do it; otherwise `undefined`. */
export function otherRegistration(
  root: string,
  { node, program }: Pick<Installation, 'node' | 'program'>,
): string | undefined {
  if (![node, program].some(file => mayChange(root, file))) return undefined
  return `\`npm install -g ${PACKAGE}\`, then \`redgreen init\`, registers it; npx or a program of the project would let a branch decide what a merge starts`
}

/** The place of the driver in the configuration of the clone, which git's own command changes; `undefined` without git. */
export function driverTarget(root: string, installation: Installation): Target | undefined {
  const folder = gitFolderOf(root)
  if (!folder) return undefined
  const command = driverCommand(installation)
  return {
    client: 'git',
    title: 'git',
    what: 'merge driver',
    // Git's folder is outside of the project in a worktree.
    level: 'user',
    file: path.join(folder.common, 'config'),
    set: text => text,
    remove: text => text,
    has: text => text.includes(`[merge "${DRIVER}"]`),
    isSet: text => text.includes(command.replaceAll('\\', '\\\\').replaceAll('"', '\\"')),
    own: {
      program: 'git',
      add: ['config', '--local', DRIVER_SETTING, command],
      remove: ['config', '--local', '--remove-section', `merge.${DRIVER}`],
    },
  }
}

/** The command that registers the driver in a clone, for a terminal. */
export function registration(installation: Installation): string {
  return `git config --local ${DRIVER_SETTING} '${driverCommand(installation).replaceAll("'", String.raw`'\''`)}'`
}

/** A word for the shell. Git replaces what follows a percent sign. */
function shellWord(text: string): string {
  const escaped = text.replaceAll('%', '%%')
  return /^[\w./:@+%-]+$/.test(escaped) ? escaped : `'${escaped.replaceAll("'", String.raw`'\''`)}'`
}
