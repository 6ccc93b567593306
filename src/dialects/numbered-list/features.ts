import type { Candidate, WorkspaceReader } from '../dialect.ts'

/** The folders with a tasks.md in a place such as `.kiro/specs`, in the workspace itself or in its projects. */
export function featuresIn(reader: WorkspaceReader, place: string): Candidate[] {
  const own = featuresOf(reader, place)
  const all =
    own.length > 0
      ? own
      : projectsBelow(reader, '', 0).flatMap(project => featuresOf(reader, `${project}/${place}`))
  return all.toSorted((a, b) => (a.dir < b.dir ? -1 : 1))
}

function featuresOf(reader: WorkspaceReader, place: string): Candidate[] {
  return reader.list(place).flatMap(name => {
    const id = name.slice(0, -1)
    const dir = `${place}/${id}`
    const tasks = `${dir}/tasks.md`
    return name.endsWith('/') && reader.exists(tasks) ? [{ id, dir, tasks }] : []
  })
}

/** Folders in which a project of a workspace with several may be. */
function projectsBelow(reader: WorkspaceReader, folder: string, depth: number): string[] {
  return reader.list(folder).flatMap(name => {
    if (!name.endsWith('/') || OTHERS.test(name)) return []
    const path = folder + (folder === '' ? '' : '/') + name.slice(0, -1)
    // A folder with a git repository of its own, such as a worktree, is another project.
    if (reader.exists(`${path}/.git`)) return []
    return [path, ...(depth < DEEPEST_PROJECT ? projectsBelow(reader, path, depth + 1) : [])]
  })
}

const DEEPEST_PROJECT = 1
const OTHERS = /^(\..*|node_modules|dist|build|target|vendor|venv|src|tests?|docs|specs)\/$/
