import path from 'node:path'
import { gitConfiguration, homeFolder } from './git-configuration.ts'
import type { Workspace } from './workspace.ts'

/**
 * The files that decide what git lists in a workspace, besides the `.gitignore` files below it: its configuration, its index, and the
 * lists for the whole clone and for the user. They need not exist. `undefined` if that is unknown.
 */
export async function ignoreSettings(workspace: Workspace): Promise<string[] | undefined> {
  const configuration = await gitConfiguration(workspace)
  if (!configuration) return undefined
  const { folder, values, files } = configuration
  const named = values.get('core.excludesfile')
  const own = named === undefined ? undefined : expanded(named, folder.top)
  if (named !== undefined && own === undefined) return undefined
  return [
    ...files,
    ...(own === undefined ? [] : [own]),
    path.join(homeFolder(), '.config/git/ignore'),
    path.join(folder.own, 'index'),
    path.join(folder.common, 'info/exclude'),
    ...foldersUpTo(workspace.root, folder.top).map(above => path.join(above, '.gitignore')),
  ]
}

/** `undefined` for a path that only git can expand, such as one in another user's home folder. */
function expanded(named: string, top: string): string | undefined {
  if (named.startsWith('~/')) return path.join(homeFolder(), named.slice(2))
  return /^[~%]/.test(named) ? undefined : path.resolve(top, named)
}

/** The folders above a folder, up to the root of its worktree. */
function foldersUpTo(folder: string, top: string): string[] {
  const above = path.dirname(folder)
  if (folder === top || above === folder) return []
  return [above, ...foldersUpTo(above, top)]
}
