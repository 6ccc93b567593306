import { pathOutside } from '../runner/program.ts'
import type { Workspace } from './workspace.ts'

/** How git is started so that nothing of a repository runs, whatever its files and its configuration say. */

/**
 * The arguments of git for a command: its configuration starts no hook, monitor, pager, signature check, text conversion or comparison
 * program, git connects to no remote, and it uses no repository that lies in a worktree as an ordinary folder.
 */
export function safeArguments([command = '', ...rest]: readonly string[]): string[] {
  const settings = [...LOCAL, 'protocol.allow=never'].flatMap(setting => ['-c', setting])
  return [...settings, '--no-pager', command, ...(OPTIONS[command] ?? []), ...rest]
}

/** The same for a push, which connects to a remote and may ask the user's own programs for credentials. */
export function safePushArguments(rest: readonly string[]): string[] {
  return [...withRemote('push'), ...rest]
}

/** The same for an exchange that the server starts by itself: also the programs at the remote's end are not the repository's. */
export function safeRemoteArguments(command: 'fetch' | 'push'): string[] {
  const [program, ends] =
    command === 'push'
      ? ['git-receive-pack', '--receive-pack']
      : ['git-upload-pack', '--upload-pack']
  return [...withRemote(command), `${ends}=${program}`]
}

function withRemote(command: 'fetch' | 'push'): string[] {
  const settings = [...LOCAL, ...REMOTE].flatMap(setting => ['-c', setting])
  return [...settings, '--no-pager', command, ...WITH_REMOTE[command]]
}

/** `ext` is a remote that is a command line. The command names references of other repositories whose objects this one uses. */
const REMOTE = ['protocol.ext.allow=never', 'core.alternateRefsCommand=true']

const WITH_REMOTE = {
  push: ['--no-verify', '--no-signed', '--no-recurse-submodules', '--quiet'],
  fetch: ['--no-tags', '--no-recurse-submodules', '--no-auto-maintenance', '--quiet'],
}

const LOCAL = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.logAllRefUpdates=false',
  'core.quotePath=false',
  'log.showSignature=false',
  'safe.bareRepository=explicit',
]

/** In a submodule, git would read the submodule's own configuration. */
const SUBMODULES = '--ignore-submodules=dirty'

const OPTIONS: Record<string, string[]> = {
  log: ['--no-ext-diff', '--no-textconv'],
  diff: ['--no-ext-diff', '--no-textconv', SUBMODULES],
  status: [SUBMODULES],
}

/** Variables for a git that stays in the clone. It gets none of the server's own: git starts other programs itself, such as filters. */
export function gitEnvironment({ root }: Workspace): Record<string, string> {
  const { HOME = '', SystemRoot = '' } = process.env
  return {
    PATH: pathOutside(root),
    HOME,
    SystemRoot,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    // No protocol has this name. Unlike `protocol.allow`, the repository cannot override the variable.
    GIT_ALLOW_PROTOCOL: 'none',
    ...NO_LAZY_FETCH,
    LC_ALL: 'C',
  }
}

/** Otherwise git asks the remote for objects that a partial clone does not have. */
export const NO_LAZY_FETCH = { GIT_NO_LAZY_FETCH: '1' }

/** Variables that override settings, also those whose names contain `=`. */
export function configurationEnvironment(
  settings: readonly (readonly [name: string, value: string])[],
  /** How many settings the environment has already. */
  first = 0,
): Record<string, string> {
  const pairs = settings.flatMap(([name, value], at) => [
    [`GIT_CONFIG_KEY_${first + at}`, name],
    [`GIT_CONFIG_VALUE_${first + at}`, value],
  ])
  return { GIT_CONFIG_COUNT: String(first + settings.length), ...Object.fromEntries(pairs) }
}
