import type { Candidate } from '../dialect.ts'

/** The folder of a path; the empty string at the root. */
export function parentFolder(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Resolves `path` relative to `folder`; `undefined` if it leaves the workspace. */
export function resolvePath(folder: string, path: string): string | undefined {
  const parts: string[] = []
  for (const part of [...folder.split('/'), ...path.split('/')]) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join('/')
}

/** The component or track in a folder. */
export function candidateIn(dir: string): Candidate {
  return { id: baseName(dir), dir, tasks: `${dir}/plan.md` }
}
