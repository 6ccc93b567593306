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

function nameIn(url: string): string | undefined {
  const parts = url
    .replace(/[?#].*$/, '')
    .split(/[/\\:]+/)
    .filter(part => part !== '')
  const [last = '', ...before] = parts.toReversed()
  const name = [before[0] ?? '', last.replace(/\.git$/, '')].filter(part => part !== '').join('/')
  return name === '' ? undefined : name.toLowerCase()
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
