import path from 'node:path'
import { areCurrent, isYoung, stampsOf, statOf, type Stamps } from './folder-times.ts'
import { gitFolderOf, type GitFolder } from './git-folder.ts'
import { git } from './git.ts'
import type { Workspace } from './workspace.ts'

/** What git's configuration says about a workspace, and where it stands. */
export interface GitConfiguration {
  folder: GitFolder
  /** The last value of each setting, by its name in lower case. */
  values: ReadonlyMap<string, string>
  /** The files that it comes from or could come from, absolute. */
  files: readonly string[]
}

/** Git's configuration; `undefined` without git or a repository. Git is asked only if one of its files has changed. */
export async function gitConfiguration(
  workspace: Workspace,
): Promise<GitConfiguration | undefined> {
  const folder = gitFolderOf(workspace.root)
  if (!folder) return undefined
  const known = KNOWN.get(workspace.root)
  if (known && known.configuration.folder.common === folder.common && areCurrent(known.stamps))
    return known.configuration
  const since = Date.now()
  const listed = await git(workspace, ['config', '--list', '--show-origin', '-z'])
  if (listed === undefined) return undefined
  const parts = listed.split('\0')
  const origins = parts.filter((part, at) => at % 2 === 0 && part.startsWith('file:'))
  const files = [
    ...origins.map(origin => path.resolve(workspace.root, origin.slice('file:'.length))),
    ...['.gitconfig', '.config/git/config'].map(name => path.join(homeFolder(), name)),
    path.join(folder.common, 'config'),
    path.join(folder.own, 'config.worktree'),
    // Parts of the configuration may be for one branch only.
    path.join(folder.own, 'HEAD'),
    ...includedFiles(parts, workspace),
  ]
  const configuration = { folder, values: valuesIn(parts), files }
  const isChanging = files.some(file => isYoung(statOf(file), since))
  if (isChanging) KNOWN.delete(workspace.root)
  else KNOWN.set(workspace.root, { configuration, stamps: stampsOf(files) })
  return configuration
}

const KNOWN = new Map<string, { configuration: GitConfiguration; stamps: Stamps }>()

/** The home folder that git gets from the server. */
export function homeFolder(): string {
  return process.env['HOME'] ?? ''
}

/** The files that a configuration includes, also those that are empty or do not exist yet. */
function includedFiles(parts: readonly string[], { root }: Workspace): string[] {
  return parts.flatMap((part, at) => {
    const [, named] = /^include(?:if\..+)?\.path\n(.+)$/s.exec(part) ?? []
    const origin = parts[at - 1] ?? ''
    if (at % 2 === 0 || named === undefined || !origin.startsWith('file:')) return []
    const folder = path.dirname(path.resolve(root, origin.slice('file:'.length)))
    return [
      named.startsWith('~/')
        ? path.join(homeFolder(), named.slice(2))
        : path.resolve(folder, named),
    ]
  })
}

function valuesIn(parts: readonly string[]): Map<string, string> {
  return new Map(
    parts.flatMap((part, at): [string, string][] => {
      const [name = '', ...value] = part.split('\n')
      return at % 2 === 1 ? [[name.toLowerCase(), value.join('\n')]] : []
    }),
  )
}
