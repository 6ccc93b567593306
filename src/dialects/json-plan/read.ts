import { DEFAULT_GOTCHAS_FILE } from '../../plan/gotcha.ts'
import { dependencyProblems } from '../../plan/dependencies.ts'
import type { Phase, Plan, PlanDocument, Problem, Task } from '../../plan/plan.ts'
import { Unreadable, Unsupported, type Candidate, type WorkspaceReader } from '../dialect.ts'
import { parsePlanFile, type PlanFile } from './plan-file.ts'
import { isWritable } from './states.ts'
import { namesDependencies, parseJsonTasks } from './parse-tasks.ts'

/** Reads a plan in JSON. */
export function readPlan(reader: WorkspaceReader, candidate: Candidate): Plan {
  const shape = readPlanFile(reader, candidate.tasks)
  const { path, entries, title = candidate.id } = shape
  if (entries.length === 0) throw new Unreadable(path, 1, `"${shape.list}" is empty.`)
  if (entries.length > MOST)
    throw new Unsupported(path, 1, `It has ${entries.length} tasks; a plan may have ${MOST}.`)
  const { tasks, problems } = parseJsonTasks(shape, title)
  return {
    feature: { id: candidate.id, title, dialect: 'json-plan', dir: candidate.dir },
    phases: phasesOf(tasks),
    tasks,
    ...(namesDependencies(shape) && { order: 'dependencies' }),
    documents: documentsOf(reader, candidate),
    problems: [...problems, ...unmarkable(shape, tasks), ...dependencyProblems(tasks)],
  }
}

/** The outline of the plan file at `path`. */
export function readPlanFile(reader: WorkspaceReader, path: string): PlanFile {
  const source = reader.read(path)
  if (source === undefined) throw new Unreadable(path, 1, 'The file is missing.')
  return parsePlanFile(source, path)
}

/** Tasks of one phase may stand apart; a phase is where its first task is. */
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

/** What nobody could mark done afterwards must not start. */
function unmarkable({ path }: PlanFile, tasks: readonly Task[]): Problem[] {
  const open = tasks.filter(({ markers }) => markers[0]?.state !== 'done')
  const blocked = open.filter(({ markers }) => !markers.some(isWritable))
  const [first] = blocked
  if (first === undefined) return []
  const mark = first.markers[0]
  const line = mark?.line ?? first.location.line
  const who =
    blocked.length > 1 ? `${first.id} and ${blocked.length - 1} more have` : `${first.id} has`
  const state = mark === undefined ? 'no state' : `the state ${mark.text}, which is only read`
  const text = `${who} ${state}. Give every task a "passes": false or true.`
  return [{ path, line, text, blocks: blocked.map(({ id }) => id) }]
}

function documentsOf(reader: WorkspaceReader, { tasks }: Candidate): PlanDocument[] {
  const beside = { name: 'gotchas', path: DEFAULT_GOTCHAS_FILE }
  return [{ name: 'tasks', path: tasks }, ...(reader.exists(DEFAULT_GOTCHAS_FILE) ? [beside] : [])]
}

const MOST = 20_000
