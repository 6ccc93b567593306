import { readdirSync, type Dirent } from 'node:fs'
import path from 'node:path'
import { gitFolderOf } from './git-folder.ts'
import { git } from './git.ts'
import { holdsSecrets, isSecretByContent, isSecretByName } from './secret-files.ts'
import { toSlashes, type Workspace } from './workspace.ts'
import { areUnchanged, watchFolders, type WatchedFolders } from './watched-folders.ts'

/** The files of a workspace, relative and sorted. */
export interface SourceList {
  /** Tracked and untracked files that git does not ignore, without the server's own. */
  paths: string[]
  /** Files that git does not ignore and that stay out of every snapshot, because they are likely to hold secrets. */
  secret: string[]
}

/** Lists the files. Git is asked only if a folder, or a file that decides what git ignores, changed since the last list. */
export async function listSources(workspace: Workspace): Promise<SourceList> {
  const known = cache.get(workspace.root)
  const folder = JSON.stringify(gitFolderOf(workspace.root) ?? null)
  const same = known?.folder === folder ? known : undefined
  if (same && areUnchanged(same.watched)) return withContents(same, workspace)
  const since = Date.now()
  // With `-t` each path has a letter in front of it; `?` marks a file that was not added to git.
  const listed = await git(workspace, ['ls-files', '-t', '-z', '-co', '--exclude-standard'])
  if (listed === undefined) {
    cache.delete(workspace.root)
    return listWithoutGit(workspace, walk(workspace.root, ''))
  }
  const parts = listed.split('\0').filter(part => part !== '')
  const list = withoutSecrets(
    parts.map(part => ({ file: part.slice(2), isAdded: !part.startsWith('?') })),
  )
  const all = parts.map(part => part.slice(2))
  const watched = await watchFolders(workspace, all, since, same?.watched)
  if (watched) cache.set(workspace.root, { ...list, watched, folder })
  else cache.delete(workspace.root)
  return withContents(list, workspace)
}

/** A list sorted by file names alone. `unclear` are files whose content decides whether they hold secrets. */
interface SortedList extends SourceList {
  unclear: string[]
}

/** `folder`: the git folders of the workspace at that time. */
const cache = new Map<string, SortedList & { watched: WatchedFolders; folder: string }>()

function withoutSecrets(entries: readonly { file: string; isAdded: boolean }[]): SortedList {
  const own = entries.filter(({ file }) => !file.startsWith('.redgreen/'))
  const untracked = own.filter(({ isAdded }) => !isAdded).map(({ file }) => file)
  const secret = untracked.filter(file => isSecretByName(file) === true).sort()
  const left = new Set(secret)
  const paths = [...new Set(own.map(({ file }) => file))].filter(file => !left.has(file)).sort()
  return { paths, secret, unclear: untracked.filter(file => isSecretByName(file) === undefined) }
}

function withContents({ paths, secret, unclear }: SortedList, { root }: Workspace): SourceList {
  const found = unclear.filter(file => isSecretByContent(file, path.join(root, file)))
  if (found.length === 0) return { paths, secret }
  return {
    paths: paths.filter(file => !found.includes(file)),
    secret: [...secret, ...found].sort(),
  }
}

/** Without git. */
function listWithoutGit({ root }: Workspace, files: readonly string[]): SourceList {
  const own = files.filter(file => !file.startsWith('.redgreen/')).sort()
  const secret = new Set(own.filter(file => holdsSecrets(file, path.join(root, file))))
  return { paths: own.filter(file => !secret.has(file)), secret: [...secret] }
}

/** Folders that no project keeps its sources in; only asked where git does not say what to leave out. */
const LEFT_OUT = new Set(
  '.git node_modules .venv venv __pycache__ target dist build coverage .cache'.split(' '),
)

function walk(root: string, folder: string): string[] {
  return readable(path.join(root, folder)).flatMap(entry => {
    const relative = toSlashes(path.join(folder, entry.name))
    if (!entry.isDirectory()) return [relative]
    return LEFT_OUT.has(entry.name) ? [] : walk(root, relative)
  })
}

/** The entries of a folder. One that may not be read is skipped, as git does. */
function readable(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES') return []
    throw error
  }
}
