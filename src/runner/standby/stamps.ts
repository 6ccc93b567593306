import { readdirSync, statSync, type Stats } from 'node:fs'
import path from 'node:path'
import { isCode, isDocument } from '../../plan/file-role.ts'

/** Sizes, times and inodes of files. */
export interface Stamp {
  /** Differs if a file was written, created, replaced or deleted. */
  text: string
  /** When the last of them was changed, in milliseconds since 1970. */
  newest: number
}

/** The stamp of single files. */
export function stampOfFiles(files: readonly string[]): Stamp {
  const stamps = files.map(file => ({ file, stat: statOf(file) }))
  return {
    text: stamps.map(({ file, stat }) => `${file} ${describe(stat)}`).join('\n'),
    newest: Math.max(
      0,
      ...stamps.flatMap(({ stat }) => (stat ? [stat.mtimeMs, stat.ctimeMs] : [])),
    ),
  }
}

/**
 * The stamp of the files directly in folders, such as package.json, a lock file, `.env` and the configuration of tools. Code and
 * documents are left out, because a task changes them. The configuration of the runner is stamped by itself.
 */
export function stampOfFolders(folders: readonly string[]): Stamp {
  const files = folders.flatMap(folder => namesIn(folder).map(name => path.join(folder, name)))
  return stampOfFiles(
    files.filter(file => isSetting(path.basename(file)) && statOf(file)?.isFile()),
  )
}

/** Which folders are at these paths: differs if one was replaced, and not if its content changed. */
export function identityOf(folders: readonly string[]): string {
  const stats = folders.map(folder => statOf(folder))
  return stats.map(stat => (stat ? `${stat.dev} ${stat.ino}` : 'absent')).join('\n')
}

function isSetting(name: string): boolean {
  return !isDocument(name) && (!isCode(name) || /config|setup|workspace|vite/i.test(name))
}

/** The stamp of everything below a folder; `undefined` if that is too much to look at before each run. */
export function stampOfTree(folder: string): Stamp | undefined {
  const all = [folder]
  for (const place of all) {
    if (all.length > MAX_FILES) return undefined
    if (statOf(place)?.isDirectory())
      all.push(...namesIn(place).map(name => path.join(place, name)))
  }
  return stampOfFiles(all)
}

const MAX_FILES = 1000

function describe(stat: Stats | undefined): string {
  return stat ? [stat.ino, stat.size, stat.mtimeMs, stat.ctimeMs].join(' ') : 'absent'
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    // It does not exist, or may not be read.
    return []
  }
}

function statOf(file: string): Stats | undefined {
  try {
    return statSync(file)
  } catch {
    // A link to nothing, or a folder that may not be read.
    return undefined
  }
}
