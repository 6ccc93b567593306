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

/** Is it a pattern, and not the name of a file or folder? */
export function isGlob(text: string): boolean {
  return /[*?[{]|[!@+]\(/.test(text)
}

/** Matches the paths that a pattern such as `src/*.test.{js,ts}` stands for. `**` stands for any folders. */
export function globPattern(glob: string): RegExp {
  const source = path.posix
    .normalize(glob)
    .replace(/^\.\//, '')
    .replaceAll(/(?:\*\*\/)+/g, '**/')
    .replaceAll(GLOB_PART, part => {
      if (part === '**/') return '(?:.*/)?'
      if (part === '**') return '.*'
      if (part === '*') return '[^/]*'
      if (part === '?') return '[^/]'
      if (part.startsWith('{')) return `(?:${alternatives(part.slice(1, -1), ',')})`
      if (part.startsWith('[')) return part.replace(/^\[!/, '[^')
      if (/^[?*+@]\(/.test(part))
        return `(?:${alternatives(part.slice(2, -1), '|')})${part.startsWith('@') ? '' : part[0]}`
      return part.replace(/[\\^$.+()|{}[\]]/g, String.raw`\$&`)
    })
  try {
    return new RegExp(`^${source}$`)
  } catch {
    // A pattern such as `[z-a]` matches nothing.
    return /(?!)/
  }
}

const GLOB_PART = /\*\*\/|\*\*|[?*+@]\([^()]*\)|\*|\?|\{[^{}]*\}|\[[^\]]*\]|[^]/g

function alternatives(text: string, separator: string): string {
  const parts = text.split(separator)
  return parts
    .map(part => globPattern(part || '.').source.slice(1, -1))
    .map(part => (part === String.raw`\.` ? '' : part))
    .join('|')
}
