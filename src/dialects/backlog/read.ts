import { dependencyProblems } from '../../plan/dependencies.ts'
import type { Phase, Plan, Problem, Task } from '../../plan/plan.ts'
import { Unreadable, type Candidate, type WorkspaceReader } from '../dialect.ts'
import { asGroup } from '../groups-around.ts'
import { NO_FILE } from '../no-file.ts'
import { refuseTooMany } from '../task-list/plan-source.ts'
import { configOf, type Config } from './config.ts'
import { configsOf, idOfFile, isTaskFile } from './features.ts'
import { parseTaskFile, type TaskFile } from './parse-task.ts'

/** Reads every task in a folder of a backlog. */
export function readPlan(reader: WorkspaceReader, { id, dir }: Candidate): Plan {
  const config = backlogConfig(reader, dir)
  const names = reader.list(dir).filter(name => /\.md\/?$/i.test(name))
  refuseTooMany(dir, names.length)
  const { files, problems } = parseFiles(reader, dir, names, config)
  const tasks = connected(inOrder(files), settledIds(reader, dir))
  const [first] = problems
  if (tasks.length === 0)
    throw new Unreadable(
      first?.path ?? dir,
      first?.line ?? 1,
      first?.text ?? 'The folder has no tasks. Create one (backlog task create).',
    )
  return {
    feature: { id, title: config.title ?? id, dialect: 'backlog', dir },
    phases: phasesOf(tasks),
    tasks,
    order: 'dependencies',
    documents: documentsOf(reader, dir),
    problems: [
      ...config.problems,
      ...problems,
      ...files.flatMap(file => file.problems),
      ...dependencyProblems(tasks),
    ],
  }
}

/** The configuration of the backlog that a folder of tasks belongs to. */
export function backlogConfig(reader: WorkspaceReader, dir: string): Config {
  return configOf(reader, configsOf(folderOf(dir)))
}

function folderOf(dir: string): string {
  return dir.replace(/\/[^/]+$/, '')
}

/** The files that are tasks. Of two with the same id, Backlog.md itself does not know which is meant. */
function parseFiles(
  reader: WorkspaceReader,
  dir: string,
  names: readonly string[],
  config: Config,
): { files: TaskFile[]; problems: Problem[] } {
  const files: TaskFile[] = []
  const problems: Problem[] = []
  const taken = new Map<string, string>()
  for (const name of names) {
    const path = `${dir}/${name.replace(/\/$/, '')}`
    const source = name.endsWith('/') ? undefined : reader.read(path)
    if (source === undefined) {
      if (isTaskFile(name.replace(/\/$/, '')))
        problems.push({
          path,
          line: 1,
          text: `${NO_FILE} So it is not read as a task.`,
          isUnread: true,
        })
      continue
    }
    const file = parseTaskFile(source, path, config)
    if ('text' in file) {
      // Other documents may be in the folder too.
      if (isTaskFile(name) || /^---\s*$/m.test(file.text)) problems.push(file)
      continue
    }
    const { id, location } = file.task
    const other = taken.get(normalized(id))
    if (other === undefined) {
      taken.set(normalized(id), path)
      files.push(file)
      continue
    }
    const text = `The id ${id} is already used in ${other}, so this file is not read. Give it an id of its own (backlog doctor).`
    problems.push({ ...location, text, isUnread: true })
  }
  return { files, problems }
}

/** As on the board: by ordinal, then by id. A task comes before its sub-tasks. */
function inOrder(files: readonly TaskFile[]): TaskFile[] {
  const byId = new Map(files.map(file => [normalized(file.task.id), file]))
  const below = new Map<TaskFile | undefined, TaskFile[]>()
  for (const file of files.toSorted(byPlace)) {
    const parent = byId.get(normalized(file.parent))
    const outer = parent === file ? undefined : parent
    below.set(outer, [...(below.get(outer) ?? []), file])
  }
  const ordered: TaskFile[] = []
  const open = (below.get(undefined) ?? []).toReversed()
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    ordered.push(file)
    open.push(...(below.get(file) ?? []).toReversed())
  }
  // Tasks that are each other's sub-tasks.
  const reached = new Set(ordered)
  return [...ordered, ...files.filter(file => !reached.has(file))]
}

function byPlace(one: TaskFile, other: TaskFile): number {
  if (one.ordinal !== other.ordinal) return one.ordinal < other.ordinal ? -1 : 1
  return one.task.id.localeCompare(other.task.id, 'en', { numeric: true })
}

/** The tasks with their dependencies and sub-tasks. */
function connected(files: readonly TaskFile[], settled: ReadonlySet<string>): Task[] {
  const ids = new Map(files.map(({ task }) => [normalized(task.id), task.id]))
  const parts = new Map<string, string[]>()
  const seen = new Set<string>()
  for (const { task, parent } of files) {
    const outer = ids.get(normalized(parent))
    // Only a task that comes before it can be around it.
    if (outer !== undefined && seen.has(outer))
      parts.set(outer, [...(parts.get(outer) ?? []), task.id])
    seen.add(task.id)
  }
  return files.map(({ task, dependencies }) => {
    const own = dependencies
      .filter(id => !settled.has(normalized(id)) || ids.has(normalized(id)))
      .map(id => ids.get(normalized(id)) ?? id)
    const inner = parts.get(task.id) ?? []
    // A task with criteria of its own is worked on after its sub-tasks.
    const isGroup = inner.length > 0 && task.acceptance.length === 0
    const dependsOn = [...new Set([...own, ...(isGroup ? [] : inner)])]
    const complete = { ...task, dependsOn }
    return isGroup ? asGroup(complete, inner) : complete
  })
}

/** The ids of tasks that have left the board. */
function settledIds(reader: WorkspaceReader, dir: string): Set<string> {
  const folder = folderOf(dir)
  const names = LEFT.flatMap(place => reader.list(`${folder}/${place}`))
  return new Set(names.flatMap(name => normalized(idOfFile(name) ?? '')))
}

function phasesOf(tasks: readonly Task[]): Phase[] {
  const phases = new Map<string, Phase>()
  for (const { id, phase: name } of tasks) {
    const phase = phases.get(name) ?? { name, category: 'work', line: 0, tasks: [] }
    phase.tasks.push(id)
    phases.set(name, phase)
  }
  return [...phases.values()]
}

function documentsOf(reader: WorkspaceReader, dir: string): Plan['documents'] {
  return DOCUMENTS.flatMap(place => {
    const folder = `${folderOf(dir)}/${place}`
    const names = reader.list(folder).filter(name => name.endsWith('.md'))
    return names.map(name => ({ name: `${place}/${name}`, path: `${folder}/${name}` }))
  })
}

/** `task-1`, `TASK-1` and `task-001` are the same id. */
function normalized(id: string): string {
  return id
    .trim()
    .toLowerCase()
    .replaceAll(/(?<!\d)0+(?=\d)/g, '')
}

const LEFT = ['completed', 'archive/tasks']
const DOCUMENTS = ['docs', 'decisions']
