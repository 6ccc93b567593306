import type { Candidate, WorkspaceReader } from '../dialect.ts'
import { projectsBelow } from '../projects-below.ts'

/** The folders with a tasks.md in a place such as `.kiro/specs`, in the workspace itself or in its projects. */
export function featuresIn(reader: WorkspaceReader, place: string): Candidate[] {
  const own = featuresOf(reader, place)
  const all =
    own.length > 0
      ? own
      : projectsBelow(reader).flatMap(project => featuresOf(reader, `${project}/${place}`))
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
