import path from 'node:path'
import { gitFolderOf } from './git-folder.ts'
import { git } from './git.ts'
import type { Workspace } from './workspace.ts'

/**
 * The files that decide what git ignores in a workspace, besides the `.gitignore` files below it: its configuration, its index, and the
 * lists for the whole clone and for the user. They need not exist. `undefined` if git does not tell.
 */
export async function gitSettingsFiles(workspace: Workspace): Promise<string[] | undefined> {
  const folder = gitFolderOf(workspace.root)
  const listed = await git(workspace, ['config', '--list', '--show-origin', '-z'])
  if (!folder || listed === undefined) return undefined
  const home = process.env['HOME'] ?? ''
  const parts = listed.split('\0')
  const origins = parts.filter((part, at) => at % 2 === 0 && part.startsWith('file:'))
  const [exclude] = parts.flatMap(part => /^core\.excludesfile\n(.*)$/s.exec(part)?.[1] ?? [])
  const own = exclude === undefined ? [] : [expanded(exclude, workspace, home)]
  if (own.includes(undefined)) return undefined
  return [
    ...origins.map(origin => path.resolve(folder.top, origin.slice('file:'.length))),
    ...own.filter(file => file !== undefined),
    ...['.gitconfig', '.config/git/config', '.config/git/ignore'].map(name =>
      path.join(home, name),
    ),
    ...['index', 'HEAD', 'config.worktree'].map(name => path.join(folder.own, name)),
    ...['config', 'info/exclude'].map(name => path.join(folder.common, name)),
    ...foldersUpTo(workspace.root, folder.top).map(above => path.join(above, '.gitignore')),
  ]
}

/** `undefined` for a path that only git can expand, such as one in another user's home folder. */
function expanded(named: string, { root }: Workspace, home: string): string | undefined {
  if (named.startsWith('~/')) return path.join(home, named.slice(2))
  return /^[~%]/.test(named) ? undefined : path.resolve(root, named)
}

/** The folders above a folder, up to the root of its worktree. */
function foldersUpTo(folder: string, top: string): string[] {
  const above = path.dirname(folder)
  if (folder === top || above === folder) return []
  return [above, ...foldersUpTo(above, top)]
}
