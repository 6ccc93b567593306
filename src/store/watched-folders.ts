import { lstatSync, readdirSync, statSync, type Dirent, type Stats } from 'node:fs'
import path from 'node:path'
import { keepsFolderTimes } from './folder-times.ts'
import { gitSettingsFiles } from './git-settings-files.ts'
import { runGit } from './git.ts'
import type { Workspace } from './workspace.ts'

/**
 * The folders that git looked into for a list of files, and the files that decide what it ignores. While none of them changed, the list is
 * still right: a name that comes or goes changes the times of its folder. Contents of sources are not watched.
 */
export interface WatchedFolders {
  /** By absolute path. */
  looks: ReadonlyMap<string, Look>
  /** The folders that git ignores, relative to the workspace. */
  ignored: ReadonlySet<string>
  /** The stamps of the files that decide what git ignores, by absolute path. */
  rules: ReadonlyMap<string, string>
}

/** What a folder or a file looked like. */
interface Look {
  stamp: string
  /** The names in a folder that changed so shortly before that its times may not show the next change. */
  names?: string
}

/** True if git would list the same files now. */
export function areUnchanged({ looks, rules }: WatchedFolders): boolean {
  return (
    holds(rules) &&
    [...looks].every(
      ([place, { stamp, names }]) =>
        stampAt(place) === stamp && (names === undefined || namesOf(entriesOf(place)) === names),
    )
  )
}

/**
 * Watches the folders of a list of files. `undefined` if the list cannot be relied on later, because the file system does not tell or
 * something changed meanwhile.
 *
 * @param listed what git listed, relative to the workspace; another repository inside it is one path
 * @param since the time before git was asked, in milliseconds
 */
export async function watchFolders(
  workspace: Workspace,
  listed: readonly string[],
  since: number,
  earlier?: WatchedFolders,
): Promise<WatchedFolders | undefined> {
  if (!keepsFolderTimes(workspace.root)) return undefined
  const settings = await gitSettingsFiles(workspace)
  if (!settings) return undefined
  const walk = new FolderWalk(workspace, listed, since)
  const isKnown = earlier !== undefined && holds(earlier.rules)
  const ignored = new Set(isKnown ? walk.unlisted.filter(one => earlier.ignored.has(one)) : [])
  for (let open = walk.unlisted; open.length > 0;) {
    const asked = open.filter(one => !ignored.has(one))
    const found = await ignoredOf(workspace, asked)
    if (!found) return undefined
    for (const one of found) ignored.add(one)
    open = asked.filter(one => !found.has(one)).flatMap(one => walk.enter(one))
  }
  if (walk.strays.length > 0 && !(await areAllIgnored(workspace, walk.strays))) return undefined
  const files = [...settings, ...walk.ignoreFiles]
  // A new list of what to ignore.
  if (isKnown && files.some(file => !earlier.rules.has(file)))
    return watchFolders(workspace, listed, since)
  if (files.some(file => isYoung(statOf(file), since))) return undefined
  return { looks: walk.looks, ignored, rules: stampsOf(files) }
}

function stampsOf(files: Iterable<string>): Map<string, string> {
  return new Map([...files].map(file => [file, stampAt(file)]))
}

/** True if none of these files has changed. */
function holds(rules: ReadonlyMap<string, string>): boolean {
  return [...rules].every(([file, stamp]) => stampAt(file) === stamp)
}

/** The folders with listed files, and what is in them besides. */
class FolderWalk {
  readonly looks = new Map<string, Look>()
  /** The `.gitignore` files, absolute. */
  readonly ignoreFiles: string[] = []
  /** Folders without a listed file: git ignores them, or all that is in them. */
  readonly unlisted: readonly string[]
  /** Files that are not listed, in folders that changed just now: git ignores them, or they came after the list. */
  readonly strays: string[] = []
  readonly #root: string
  readonly #listed: ReadonlySet<string>
  readonly #folders: ReadonlySet<string>
  readonly #since: number

  constructor({ root }: Workspace, listed: readonly string[], since: number) {
    this.#root = root
    this.#since = since
    this.#listed = new Set(listed.map(file => (file.endsWith('/') ? file.slice(0, -1) : file)))
    this.#folders = new Set(['', ...[...this.#listed].flatMap(foldersAbove)])
    this.unlisted = [...this.#folders].flatMap(folder => this.enter(folder))
  }

  /** Watches a folder. Returns the folders in it that have no listed file. */
  enter(folder: string): string[] {
    const place = path.join(this.#root, folder)
    const stat = lstatSync(place, { throwIfNoEntry: false })
    if (!stat?.isDirectory()) return []
    const entries = entriesOf(place)
    const isChanging = isYoung(stat, this.#since)
    this.looks.set(place, { stamp: stampOf(stat), ...(isChanging && { names: namesOf(entries) }) })
    if (entries.some(({ name }) => name === '.gitignore'))
      this.ignoreFiles.push(path.join(place, '.gitignore'))
    return entries.flatMap(entry => {
      const relative = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.name === '.git' || relative === '.redgreen') return []
      if (this.#listed.has(relative)) {
        // Another repository, which stays one path as long as it is one.
        if (entry.isDirectory()) this.#watch(relative)
        return []
      }
      if (entry.isDirectory()) return this.#folders.has(relative) ? [] : [relative]
      if (isChanging) this.strays.push(relative)
      return []
    })
  }

  #watch(relative: string): void {
    const place = path.join(this.#root, relative)
    this.looks.set(place, { stamp: stampAt(place) })
  }
}

function foldersAbove(file: string): string[] {
  if (file.startsWith('.redgreen/')) return []
  const parts = file.split('/').slice(0, -1)
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'))
}

/** Those of the paths that git ignores; `undefined` if it does not tell. */
async function ignoredOf(
  workspace: Workspace,
  paths: readonly string[],
): Promise<Set<string> | undefined> {
  if (paths.length === 0) return new Set()
  const answer = await runGit(workspace, ['check-ignore', '-z', '--stdin'], listOf(paths))
  if ('out' in answer) return new Set(answer.out.toString('utf8').split('\0'))
  // It ends with 1 and without a message if none is ignored.
  return answer.messages === '' ? new Set() : undefined
}

async function* listOf(paths: readonly string[]): AsyncGenerator<string> {
  yield paths.map(one => `${one}\0`).join('')
}

async function areAllIgnored(workspace: Workspace, files: readonly string[]): Promise<boolean> {
  const found = await ignoredOf(workspace, files)
  return files.every(file => found?.has(file))
}

/** If a file system counts times coarsely, a change so shortly before may not show the next one. In milliseconds. */
const YOUNG_MS = process.platform === 'darwin' ? 2_500 : 100

function isYoung(stat: Stats | undefined, since: number): boolean {
  return stat !== undefined && Math.max(stat.mtimeMs, stat.ctimeMs) > since - YOUNG_MS
}

function statOf(place: string): Stats | undefined {
  try {
    return statSync(place, { throwIfNoEntry: false })
  } catch {
    // A name in the path is a file, or may not be looked at.
    return undefined
  }
}

function stampAt(place: string): string {
  const stat = statOf(place)
  return stat ? stampOf(stat) : 'absent'
}

function stampOf({ ino, size, mtimeMs, ctimeMs }: Stats): string {
  return `${ino} ${size} ${mtimeMs} ${ctimeMs}`
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    // Git does not look into it either. Its stamp changes when it may be read.
    return []
  }
}

/** The names with their types, because a file may be replaced by a folder of the same name. */
function namesOf(entries: readonly Dirent[]): string {
  return entries
    .map(entry => `${entry.name}${entry.isDirectory() ? '/' : ''}`)
    .sort()
    .join('\0')
}
