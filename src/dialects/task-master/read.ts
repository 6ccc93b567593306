import { dependencyProblems } from '../../plan/dependencies.ts'
import type { Plan, PlanDocument } from '../../plan/plan.ts'
import { Unreadable, type Candidate, type WorkspaceReader } from '../dialect.ts'
import { refuseTooMany } from '../task-list/plan-source.ts'
import { projectOf } from './features.ts'
import { parseTagTasks } from './parse-tasks.ts'
import { entriesOf, readTaskFile } from './task-file.ts'

/** Reads the tasks of one tag. */
export function readPlan(reader: WorkspaceReader, { id, dir, tasks: path }: Candidate): Plan {
  const file = readTaskFile(reader, path)
  const tag = file.tags.find(({ name }) => name === id)
  if (tag === undefined) {
    const names = file.tags.map(({ name }) => name).join(', ')
    throw new Unreadable(path, 1, `The file has no tag ${id}. It has ${names}.`)
  }
  const entries = entriesOf(file, tag)
  refuseTooMany(path, entries.length)
  const { tasks, problems } = parseTagTasks(file, entries, id)
  refuseTooMany(path, tasks.length)
  if (tasks.length === 0)
    throw new Unreadable(path, file.lineAt(tag.tasks.offset), `The tag ${id} has no tasks.`)
  const line = file.lineAt(tag.tasks.offset)
  return {
    feature: { id, title: id, dialect: 'task-master', dir },
    phases: [{ name: id, category: 'work', line, tasks: tasks.map(task => task.id) }],
    tasks,
    order: 'dependencies',
    documents: [{ name: 'tasks', path }, ...documentsOf(reader, path)],
    problems: [...file.problems, ...problems, ...dependencyProblems(tasks)],
  }
}

/** What the tasks were made from, such as `prd.txt`. */
function documentsOf(reader: WorkspaceReader, path: string): PlanDocument[] {
  const folder = `${projectOf(path)}.taskmaster/docs`
  const files = reader.list(folder).filter(name => /\.(md|txt)$/.test(name))
  return files.map(name => ({ name: `docs/${name}`, path: `${folder}/${name}` }))
}
