import { gitConfiguration, type GitConfiguration } from '../../git-configuration.ts'
import { git } from '../../git.ts'
import { refuseAddress } from './remote-address.ts'
import type { Workspace } from '../../workspace.ts'

/** Settings for a git that connects to a remote. */
export interface RemoteSettings {
  /** They override the configuration. */
  overrides: (readonly [name: string, value: string])[]
  /** Programs of the user's own configuration, by the variables that override the settings. */
  programs: Record<string, string>
  /** Settings of the repository itself that are not used. */
  ignored: string[]
}

interface Setting {
  isOwn: boolean
  name: string
  value: string
}

/**
 * Git starts the programs that help it to connect only if the user's own configuration names them, because a repository that was copied
 * from elsewhere has a configuration too. Everything else that it says about the remote is used, such as the headers with which
 * continuous integration signs in. Throws `StoreUnreachable` if the remote's address cannot be used.
 */
export async function remoteSettings(
  workspace: Workspace,
  remote: string,
): Promise<RemoteSettings> {
  const configuration = await gitConfiguration(workspace)
  const known = configuration && KNOWN.get(configuration)
  const { settings, usable } = known ?? {
    settings: await listSettings(workspace),
    usable: new Set<string>(),
  }
  if (configuration) KNOWN.set(configuration, { settings, usable })
  if (!usable.has(remote)) await refuseAddress(workspace, remote)
  usable.add(remote)
  const own = settings.filter(({ isOwn, name }) => isOwn && PROGRAMS.test(name))
  const users = settings.filter(({ isOwn }) => !isOwn)
  const mirror = `remote.${remote}.mirror`
  // A clone that mirrors its remote pushes all references or none.
  const isMirror = settings.some(({ name }) => name === mirror)
  return {
    overrides: [
      ...credentialHelpers(own, users),
      ...(isMirror ? [[mirror, 'false'] as const] : []),
    ],
    programs: programsOf(users),
    ignored: [...new Set(own.map(({ name }) => name))],
  }
}

/** Settings and the remotes whose addresses can be used. They are read again only if a file of the configuration has changed. */
const KNOWN = new WeakMap<GitConfiguration, { settings: Setting[]; usable: Set<string> }>()

async function listSettings(workspace: Workspace): Promise<Setting[]> {
  const listed = await git(workspace, ['config', '--list', '--show-scope', '-z'])
  const parts = (listed ?? '').split('\0')
  return parts.flatMap((entry, at): Setting[] => {
    const scope = parts[at - 1]
    if (at % 2 === 0 || scope === undefined) return []
    const [name = '', ...value] = entry.split('\n')
    return [{ isOwn: scope === 'local' || scope === 'worktree', name, value: value.join('\n') }]
  })
}

/** Settings that name a program. The names of the programs at the other end are arguments. */
const PROGRAMS = /^(core\.(sshcommand|gitproxy|askpass)|credential\.(.+\.)?helper)$/

/** Variables override the settings of every file. Without a program of the user's own, nobody is asked. */
function programsOf(users: readonly Setting[]): Record<string, string> {
  const valueOf = (name: string) => users.findLast(one => one.name === name)?.value
  return {
    GIT_SSH_COMMAND: valueOf('core.sshcommand') ?? 'ssh -o BatchMode=yes',
    GIT_ASKPASS: valueOf('core.askpass') ?? '',
    GIT_PROXY_COMMAND: valueOf('core.gitproxy') ?? '',
  }
}

/** The helpers of the user's own configuration, if the repository has some: an empty value clears the list. */
function credentialHelpers(own: readonly Setting[], users: readonly Setting[]) {
  const isHelper = ({ name }: Setting) => name.startsWith('credential.') && PROGRAMS.test(name)
  if (!own.some(isHelper)) return []
  const helpers = users.filter(isHelper).map(({ name, value }) => [name, value] as const)
  return [['credential.helper', ''] as const, ...helpers]
}
