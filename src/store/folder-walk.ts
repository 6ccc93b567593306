import path from 'node:path'
import { linkStatOf } from './read-file.ts'
import {
  entriesOf,
  type FolderState,
  hasReliableFolderTimes,
  lastingStamp,
  namesOf,
} from './folder-times.ts'
import type { Workspace } from './workspace.ts'

/** The folders that contain listed files, and what else is in them. */
export class FolderWalk {
  readonly folders = new Map<string, FolderState>()
  /** The `.gitignore` files, absolute. */
  readonly ignoreFiles: string[] = []
  /** Folders without a listed file: git ignores them, or all that is in them. */
  readonly unlisted: readonly string[]
  /** Files that are not listed, in folders that changed just now: git ignores them, or they came after the list. */
  readonly strays: string[] = []
  /** Set if there is another repository or an unknown kind of disk, so that a later change could be missed. */
  isUnusual = false
  readonly #root: string
  readonly #listed: ReadonlySet<string>
  readonly #folders: ReadonlySet<string>
  readonly #since: number
  readonly #device: number | undefined

  constructor({ root }: Workspace, listed: readonly string[], since: number) {
    this.#root = root
    this.#since = since
    this.#device = linkStatOf(root)?.dev
    this.#listed = new Set(listed.map(file => (file.endsWith('/') ? file.slice(0, -1) : file)))
    this.#folders = new Set(['', ...[...this.#listed].flatMap(foldersAbove)])
    this.unlisted = [...this.#folders].flatMap(folder => this.enter(folder))
  }

  /** Watches a folder. Returns the folders in it that have no listed file. */
  enter(folder: string): string[] {
    const place = path.join(this.#root, folder)
    // The names first: then a file that comes between the two folders makes the folder look as if it had just changed.
    const entries = entriesOf(place)
    const stat = linkStatOf(place)
    if (!stat?.isDirectory()) return []
    if (stat.dev !== this.#device && !hasReliableFolderTimes(place)) this.isUnusual = true
    // A folder that was moved here just now has kept its times.
    const isMoved = folder !== '' && this.folders.get(path.dirname(place))?.stamp === ''
    const stamp = isMoved ? '' : lastingStamp(stat, this.#since)
    this.folders.set(place, { stamp, names: namesOf(entries) })
    if (entries.some(({ name }) => name === '.gitignore'))
      this.ignoreFiles.push(path.join(place, '.gitignore'))
    return entries.flatMap(entry => {
      const relative = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (relative === '.git' || relative === '.redgreen') return []
      const isListed = this.#listed.has(relative)
      // Whether it is a repository depends on what is in its folder of git.
      if (entry.name === '.git' || (isListed && entry.isDirectory())) this.isUnusual = true
      if (isListed || entry.name === '.git') return []
      if (entry.isDirectory()) return this.#folders.has(relative) ? [] : [relative]
      if (stamp === '') this.strays.push(relative)
      return []
    })
  }
}

function foldersAbove(file: string): string[] {
  if (file.startsWith('.redgreen/')) return []
  const parts = file.split('/').slice(0, -1)
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'))
}
