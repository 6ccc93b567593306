import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { disk } from '../../disk.ts'
import { gitFolderOf } from '../../git-folder.ts'
import { git } from '../../git.ts'
import { leaves, type Workspace } from '../../workspace.ts'
import { StoreUnreachable } from '../coordinator.ts'

/**
 * Throws `StoreUnreachable` if a remote's address cannot be used: a folder of the clone, whose hooks would run here, or several addresses,
 * which no push changes together.
 */
export async function refuseAddress(workspace: Workspace, remote: string): Promise<void> {
  const pushed = await git(workspace, ['remote', 'get-url', '--push', '--all', '--', remote])
  const read = await git(workspace, ['ls-remote', '--get-url', '--', remote])
  const addresses = (pushed ?? '').split('\n').filter(line => line !== '')
  if (addresses.length > 1)
    throw new StoreUnreachable('the remote has several addresses to push to')
  for (const address of [...addresses, (read ?? '').trim()])
    if (isInside(workspace, address))
      throw new StoreUnreachable('the remote is a folder of the project itself')
}

function isInside({ root }: Workspace, address: string): boolean {
  const folder = localFolder(root, address)
  if (folder === undefined || !disk.stat(folder)) return false
  const top = disk.real(gitFolderOf(root)?.top ?? root)
  return !leaves(path.relative(top, disk.real(folder)))
}

/** The folder that an address names. An address such as `host:path` names a folder if there is one. */
function localFolder(root: string, address: string): string | undefined {
  if (!address.startsWith('file://')) return path.resolve(root, address)
  try {
    return fileURLToPath(address)
  } catch {
    return undefined
  }
}
