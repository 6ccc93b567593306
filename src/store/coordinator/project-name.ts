import path from 'node:path'
import { git } from '../git.ts'
import { gitConfiguration } from '../git-configuration.ts'
import { gitFolderOf } from '../git-folder.ts'
import { disk } from '../disk.ts'
import type { Workspace } from '../workspace.ts'

/**
 * The name of a workspace in a store that several clones share; `undefined` if nothing that clones have in common names it. It is the
 * same with whatever protocol, user or proxy the remote is reached: the last two parts of its address.
 */
export async function projectName(workspace: Workspace): Promise<string | undefined> {
  const url = (await gitConfiguration(workspace))?.values.get('remote.origin.url')
  const name = url === undefined ? await firstCommit(workspace) : nameIn(url)
  return name === undefined ? undefined : `${name}${placeInRepository(workspace)}`
}

/** The last two parts of the path of an address; the host and the path if it has one part. Never the user, who may be a token. */
export function nameIn(address: string): string | undefined {
  const { host = '', place = address } = partsOf(address)
  const parts = place.split(/[/\\]+/).filter(part => part !== '')
  const [last = '', before = host] = parts.toReversed()
  const name = [before, last.replace(/\.git$/i, '')].filter(part => part !== '').join('/')
  return name === '' ? undefined : name.toLowerCase()
}

/** Host and path of a URL, or of `user@host:path`. A path of this machine has no host. */
function partsOf(address: string): { host?: string; place?: string } {
  const url = /^[a-z][a-z0-9+.-]+:\/\/(?:.*@)?(?<host>[^/:]*)(?::\d+)?(?<place>\/[^?#]*)?/is
  const short = /^(?:[^/]*@)?(?<host>[^/:@]{2,}):(?<place>.*)$/s
  const found = (url.exec(address) ?? short.exec(address))?.groups
  return found ? { host: found['host'] ?? '', place: found['place'] ?? '' } : {}
}

/** Of a clone without a remote. A shallow clone does not have it. */
async function firstCommit(workspace: Workspace): Promise<string | undefined> {
  if ((await git(workspace, ['rev-parse', '--is-shallow-repository']))?.trim() !== 'false')
    return undefined
  const all = await git(workspace, ['rev-list', '--max-parents=0', 'HEAD'])
  return all?.trim().split('\n').toSorted()[0] || undefined
}

/** A repository can have several workspaces. */
function placeInRepository({ root }: Workspace): string {
  const folder = gitFolderOf(root)
  const place = folder ? path.relative(disk.real(folder.top), disk.real(root)) : ''
  return place === '' ? '' : `:${place.replaceAll('\\', '/')}`
}
