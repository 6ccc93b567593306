import path from 'node:path'
import { PACKAGE, type Installation } from '../../runner/installation.ts'
import { gitFolderOf } from '../../store/git-folder.ts'
import type { Target } from '../targets.ts'
import { DRIVER } from './attributes.ts'

/** The setting of a clone that names the program of the driver. */
export const DRIVER_SETTING = `merge.${DRIVER}.driver`

/**
 * The command line that git runs for a file of which both sides changed. If the program does not merge the file, or is no longer there, git
 * merges it as it would without a driver.
 */
export function driverCommand({ program }: Pick<Installation, 'program'>): string {
  const isCached = program.split(/[\\/]/).includes('_npx')
  const start = isCached ? `npx -y ${PACKAGE}` : `node ${shellWord(program)}`
  return `${start} merge-driver %O %A %B %P || git merge-file -L ours -L base -L theirs --marker-size=%L %A %O %B`
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
