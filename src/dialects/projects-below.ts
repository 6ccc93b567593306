import type { WorkspaceReader } from './dialect.ts'

/** Folders in which a project of a workspace with several may be. */
export function projectsBelow(reader: WorkspaceReader): string[] {
  return foldersBelow(reader, '', 0)
}

function foldersBelow(reader: WorkspaceReader, folder: string, depth: number): string[] {
  return reader.list(folder).flatMap(name => {
    if (!name.endsWith('/') || OTHERS.test(name)) return []
    const path = folder + (folder === '' ? '' : '/') + name.slice(0, -1)
    // A folder with a git repository of its own, such as a worktree, is another project.
    if (reader.exists(`${path}/.git`)) return []
    return [path, ...(depth < MAX_DEPTH ? foldersBelow(reader, path, depth + 1) : [])]
  })
}

const MAX_DEPTH = 1
const OTHERS = /^(\..*|node_modules|dist|build|target|vendor|venv|src|tests?|docs|specs)\/$/
