import { DEFAULT_GOTCHAS_FILE } from '../../plan/gotcha.ts'
import { dependencyProblems } from '../../plan/dependencies.ts'
import { countOf, formatList } from '../../plan/format-list.ts'
import type { Phase, Plan, PlanDocument, Problem, Task } from '../../plan/plan.ts'
import { Unreadable, Unsupported, type Candidate, type WorkspaceReader } from '../dialect.ts'
import { listName, parsePlanFile, type PlanFile } from './plan-file.ts'
import { isWritable } from './states.ts'
import { parseJsonTasks } from './parse-tasks.ts'
import { namesDependencies } from './task-content.ts'

/** Reads a plan in JSON. */
export function readPlan(reader: WorkspaceReader, candidate: Candidate): Plan {
  const file = readPlanFile(reader, candidate.tasks)
  const { path, entries, title = candidate.id } = file
  if (entries.length === 0) throw new Unreadable(path, 1, `${listName(file)} is empty. Add a task.`)
  if (entries.length > MAX_TASKS)
    throw new Unsupported(
      path,
      1,
      `The file has ${countOf(entries.length, 'task')}; a plan may have ${MAX_TASKS}. Divide the plan.`,
    )
  const { tasks, problems } = parseJsonTasks(file, title)
  return {
    feature: { id: candidate.id, title, dialect: 'json-plan', dir: candidate.dir },
    phases: phasesOf(tasks),
    tasks,
    ...(namesDependencies(file) && { order: 'dependencies' }),
    documents: documentsOf(reader, candidate),
    problems: [...problems, ...unmarkableTasks(file, tasks), ...dependencyProblems(tasks)],
  }
}

/** Reads and parses the plan file at `path`. */
export function readPlanFile(reader: WorkspaceReader, path: string): PlanFile {
  const source = reader.read(path)
  if (source === undefined) throw new Unreadable(path, 1, 'The file is missing.')
  return parsePlanFile(source, path)
}

/** The tasks of a phase may be scattered; the phase is located at its first task. */
function phasesOf(tasks: readonly Task[]): Phase[] {
  const phases = new Map<string, Phase>()
  for (const { id, phase: name, location } of tasks) {
    const phase = phases.get(name)
    if (phase === undefined)
      phases.set(name, { name, category: 'work', line: location.line, tasks: [id] })
    else phase.tasks.push(id)
  }
  return [...phases.values()]
}

/** A task without a boolean state could not be marked done, so it must not start. */
function unmarkableTasks({ path }: PlanFile, tasks: readonly Task[]): Problem[] {
  const open = tasks.filter(
    ({ markers: [mark] }) => mark?.state !== 'done' && mark?.state !== 'other',
  )
  const blocked = open.filter(({ markers: [mark] }) => mark === undefined || !isWritable(mark))
  const [first] = blocked
  if (first === undefined) return []
  const mark = first.markers[0]
  const line = mark?.line ?? first.location.line
  const ids = blocked.map(({ id }) => id)
  const subject = `${formatList(ids, 1)} ${ids.length > 1 ? 'have' : 'has'}`
  const state =
    mark === undefined ? 'no state' : `the state ${mark.text}, which the server does not write`
  const text = `${subject} ${state}. Give every task a "passes": false or true.`
  return [{ path, line, text, blocks: ids }]
}

function documentsOf(reader: WorkspaceReader, { tasks }: Candidate): PlanDocument[] {
  const gotchas = { name: 'gotchas', path: DEFAULT_GOTCHAS_FILE }
  return [{ name: 'tasks', path: tasks }, ...(reader.exists(DEFAULT_GOTCHAS_FILE) ? [gotchas] : [])]
}

const MAX_TASKS = 20_000
