import {
  entriesOf,
  type FolderState,
  isYoung,
  hasReliableFolderTimes,
  lastingStamp,
  namesOf,
  areCurrent,
  stampsOf,
  type Stamps,
  stampOf,
  statOf,
} from './folder-times.ts'
import { FolderWalk } from './folder-walk.ts'
import { ignoreSettings } from './ignore-settings.ts'
import { runGit } from './git.ts'
import type { Workspace } from './workspace.ts'

/**
 * The folders that git looked into for a list of files, and the files that decide what it ignores. While none of them changed, the list is
 * still right: a name that comes or goes changes the times of its folder. Contents of sources are not watched.
 */
export interface WatchedFolders {
  /** By absolute path. */
  folders: Map<string, FolderState>
  /** The folders that git ignores, relative to the workspace. */
  ignored: ReadonlySet<string>
  /** Git's own files that decide what it ignores, absolute. */
  settings: readonly string[]
  /** The stamps of these and of the `.gitignore` files, by absolute path. */
  rules: Stamps
}

/** True if git would list the same files now. A file that was replaced by one of the same name changes nothing. */
export function areUnchanged({ folders, rules }: WatchedFolders): boolean {
  const since = Date.now()
  return (
    areCurrent(rules) &&
    [...folders].every(([place, state]) => isSame(folders, place, state, since))
  )
}

function isSame(
  folders: Map<string, FolderState>,
  place: string,
  { stamp, names }: FolderState,
  since: number,
): boolean {
  const stat = statOf(place)
  if (stamp !== '' && stat && stampOf(stat) === stamp) return true
  if (!stat?.isDirectory() || namesOf(entriesOf(place)) !== names) return false
  folders.set(place, { stamp: lastingStamp(stat, since), names })
  return true
}

/**
 * Watches the folders of a list of files. `undefined` if the list cannot be relied on later, because the file system is unknown or
 * something changed meanwhile.
 *
 * @param listed what git listed, relative to the workspace
 * @param since the time before git was asked, in milliseconds
 */
export async function watchFolders(
  workspace: Workspace,
  listed: readonly string[],
  since: number,
  earlier?: WatchedFolders,
): Promise<WatchedFolders | undefined> {
  if (!hasReliableFolderTimes(workspace.root)) return undefined
  const isKnown = earlier !== undefined && areCurrent(earlier.rules)
  const settings = isKnown ? earlier.settings : await ignoreSettings(workspace)
  if (!settings) return undefined
  const walk = new FolderWalk(workspace, listed, since)
  const ignored = new Set(isKnown ? walk.unlisted.filter(one => earlier.ignored.has(one)) : [])
  for (let open = walk.unlisted; open.length > 0;) {
    const asked = open.filter(one => !ignored.has(one))
    const found = await ignoredOf(workspace, asked)
    if (!found) return undefined
    for (const one of found) ignored.add(one)
    open = asked.filter(one => !found.has(one)).flatMap(one => walk.enter(one))
  }
  if (walk.isUnusual) return undefined
  if (walk.strays.length > 0 && !(await areAllIgnored(workspace, walk.strays))) return undefined
  const files = [...settings, ...walk.ignoreFiles]
  // A new list of what to ignore.
  if (isKnown && files.some(file => !earlier.rules.has(file)))
    return watchFolders(workspace, listed, since)
  if (files.some(file => isYoung(statOf(file), since))) return undefined
  return { folders: walk.folders, ignored, settings, rules: stampsOf(files) }
}

/** Those of the paths that git ignores; `undefined` if it fails. */
async function ignoredOf(
  workspace: Workspace,
  paths: readonly string[],
): Promise<Set<string> | undefined> {
  if (paths.length === 0) return new Set()
  const answer = await runGit(workspace, ['check-ignore', '-z', '--stdin'], listOf(paths))
  if ('out' in answer)
    return new Set(
      answer.out
        .toString('utf8')
        .split('\0')
        .map(one => one.slice(HERE.length)),
    )
  // It ends with 1 and without a message if none is ignored.
  return answer.messages === '' ? new Set() : undefined
}

async function* listOf(paths: readonly string[]): AsyncGenerator<string> {
  yield paths.map(one => `${HERE}${one}\0`).join('')
}

/** Otherwise a colon at the beginning has a meaning of its own. */
const HERE = './'

async function areAllIgnored(workspace: Workspace, files: readonly string[]): Promise<boolean> {
  const found = await ignoredOf(workspace, files)
  return files.every(file => found?.has(file))
}
