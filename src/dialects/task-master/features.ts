import type { Candidate, WorkspaceReader } from '../dialect.ts'
import { ConflictMarkers } from '../conflict-markers.ts'
import { Unreadable } from '../dialect.ts'
import { projectsBelow } from '../projects-below.ts'
import { DEFAULT_TAG, parseTaskFile, type TaskFile } from './task-file.ts'

/** Where task-master keeps the tasks of a project, the current place first. */
const PLACES = ['.taskmaster/tasks/tasks.json', 'tasks/tasks.json']

/** The task files of the workspace: its own, else those of its projects. */
export function taskFiles(reader: WorkspaceReader): string[] {
  const own = taskFileIn(reader, '')
  if (own !== undefined) return [own]
  return projectsBelow(reader).flatMap(project => taskFileIn(reader, `${project}/`) ?? [])
}

function taskFileIn(reader: WorkspaceReader, project: string): string | undefined {
  const [current = '', old = ''] = PLACES.map(place => `${project}${place}`)
  if (isListed(reader, current)) return current
  return reader.exists(old) && looksLikeTasks(reader, old) ? old : undefined
}

/** Also a link that leads nowhere or out of the workspace: reading it reports that. */
function isListed(reader: WorkspaceReader, path: string): boolean {
  if (reader.exists(path)) return true
  const at = path.lastIndexOf('/')
  return reader.list(path.slice(0, at)).includes(path.slice(at + 1))
}

/** Other programs have a folder `tasks` too. */
function looksLikeTasks(reader: WorkspaceReader, path: string): boolean {
  try {
    const source = reader.read(path) ?? ''
    return TYPICAL.test(source)
  } catch (error) {
    if (error instanceof ConflictMarkers || error instanceof Unreadable) return true
    throw error
  }
}

/** Every tag of a file is a feature. Of a file that cannot be read, reading the default tag reports what is wrong. */
export function tagsIn(reader: WorkspaceReader, path: string): Candidate[] {
  const file = fileOrUndefined(reader, path)
  const names = file === undefined ? [DEFAULT_TAG] : file.tags.map(({ name }) => name)
  return names.map(name => candidateOf(path, name))
}

export function candidateOf(path: string, tag: string): Candidate {
  return { id: tag, dir: `${path}#${tag}`, tasks: path }
}

/** `undefined` for a file that cannot be read. */
export function fileOrUndefined(reader: WorkspaceReader, path: string): TaskFile | undefined {
  try {
    return parseTaskFile(reader.read(path) ?? '', path)
  } catch (error) {
    if (error instanceof ConflictMarkers || error instanceof Unreadable) return undefined
    throw error
  }
}

/** The folder of the project that a task file belongs to: empty, or with a slash at the end. */
export function projectOf(path: string): string {
  const place = PLACES.find(one => path.endsWith(one)) ?? ''
  return path.slice(0, path.length - place.length)
}

const TYPICAL = /"(?:testStrategy|subtasks|dependencies)"\s*:/
