import { readdirSync } from 'node:fs'
import path from 'node:path'

/** Folders that never hold a project's own files. */
const FOREIGN = new Set(['node_modules', '.git', '.redgreen'])

/** The files below a folder, relative to it and separated by `/`, sorted. Links are not followed. */
export function listFiles(folder: string, below = ''): string[] {
  return entriesIn(path.join(folder, below))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => {
      const file = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory()) return FOREIGN.has(entry.name) ? [] : listFiles(folder, file)
      return entry.isFile() ? [file] : []
    })
}

function entriesIn(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    // Another process may remove a folder, or it may not be readable.
    return []
  }
}
