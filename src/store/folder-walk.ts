import { lstatSync } from 'node:fs'
import path from 'node:path'
import { entriesOf, type FolderLook, lastingStamp, namesOf, stampAt } from './folder-times.ts'
import type { Workspace } from './workspace.ts'

/** The folders with listed files, and what is in them besides. */
export class FolderWalk {
  readonly looks = new Map<string, FolderLook>()
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
    const stamp = lastingStamp(stat, this.#since)
    this.looks.set(place, { stamp, names: namesOf(entries) })
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
      if (stamp === '') this.strays.push(relative)
      return []
    })
  }

  #watch(relative: string): void {
    const place = path.join(this.#root, relative)
    this.looks.set(place, { stamp: stampAt(place), names: '' })
  }
}

function foldersAbove(file: string): string[] {
  if (file.startsWith('.redgreen/')) return []
  const parts = file.split('/').slice(0, -1)
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'))
}
