import { dependencyProblems } from '../../plan/dependencies.ts'
import { kindOf } from '../../plan/kinds.ts'
import type { Category, Phase, Plan, Task } from '../../plan/plan.ts'
import { Unreadable, Unsupported, type Candidate, type WorkspaceReader } from '../dialect.ts'
import { headingText, longLineProblems, rowsOf, type Row } from '../markdown.ts'
import { blockAllTasks, unclosedBlockProblem } from '../unclosed-block.ts'
import { taskEntries } from '../task-list/task-entries.ts'
import { categoriesOf } from '../task-list/phases.ts'
import { stripMarkup } from '../task-list/task-text.ts'
import { specflowDocuments, missingSpecflowDocuments } from './documents.ts'
import { parseSpecflowTasks, type SpecflowTask } from './parse-tasks.ts'
import { commandId } from '../feature-ids.ts'
import { TaskIdIndex } from './task-id-index.ts'
import { specflowKind } from './kinds.ts'
import { cellMarkers, progressTables } from './progress-table.ts'
import { contradictionProblems, orderMarkers } from './markers.ts'
import { countOf } from '../../plan/format-list.ts'

/** Reads the tasks.md of a feature and the documents beside it. */
export function readPlan(reader: WorkspaceReader, candidate: Candidate): Plan {
  const { id, dir, tasks: path } = candidate
  const source = sourceOf(reader, candidate)
  const rows = rowsOf(source)
  const entries = taskEntries(rows)
  const hidden = unclosedBlockProblem(source, rows, path)
  if (entries.length === 0)
    throw new Unreadable(
      path,
      hidden?.line ?? 1,
      hidden?.text ?? `The file has no tasks. ${remedyFor(candidate)}`,
    )
  if (entries.length > MAX_TASKS) throw new Unsupported(path, 1, tooMany(entries.length))
  const { parsed, problems } = parseSpecflowTasks(rows, entries, path)
  const plan = { phases: phasesOf(parsed), tasks: tasksOf(rows, parsed, path) }
  return {
    feature: { id, title: titleOf(rows) ?? id, dialect: 'specflow', dir },
    ...plan,
    // A plan with dependencies may list its tasks in any order; without any, the order of the file counts.
    order: plan.tasks.some(({ dependsOn }) => dependsOn.length > 0) ? 'dependencies' : 'file',
    documents: specflowDocuments(reader, candidate),
    problems: [
      ...blockAllTasks(hidden, plan.tasks),
      ...longLineProblems(rows, path),
      ...missingSpecflowDocuments(reader, candidate),
      ...problems,
      ...dependencyProblems(plan.tasks),
      ...contradictionProblems(rows, plan),
    ],
  }
}

function sourceOf(reader: WorkspaceReader, candidate: Candidate): string {
  const path = candidate.tasks
  const source = reader.read(path)
  if (source === undefined)
    throw new Unreadable(path, 1, `The file is missing. ${remedyFor(candidate)}`)
  if (source.includes('\0'))
    throw new Unsupported(path, 1, 'The file is not UTF-8 text. Save it as UTF-8.')
  return source
}

/** Phases are consecutive tasks under the same heading. */
function phasesOf(parsed: readonly SpecflowTask[]): Phase[] {
  const phases: Omit<Phase, 'category'>[] = []
  for (const { task, phase } of parsed) {
    const line = phase?.line ?? 0
    const last = phases.at(-1)
    if (last !== undefined && last.line === line) last.tasks.push(task.id)
    else phases.push({ name: task.phase, line, tasks: [task.id] })
  }
  const categories = categoriesOf(phases.map(({ name }) => name))
  return phases.map((phase, at) => ({ ...phase, category: categories[at] ?? 'work' }))
}

function tasksOf(rows: readonly Row[], parsed: readonly SpecflowTask[], path: string): Task[] {
  const tables = progressTables(rows, new TaskIdIndex(parsed.map(({ task }) => task.id)))
  const phases = phasesOf(parsed)
  const categories = phases.flatMap(({ tasks, category }) => tasks.map(() => category))
  const ahead = aheadOf(
    parsed.map(({ task }) => task).filter((task, at) => isBuild(task, categories[at])),
  )
  return parsed.map(({ task, tags }, at) => {
    const { title, files, phase } = task
    const category = categories[at] ?? 'work'
    const markers = orderMarkers(task.markers, cellMarkers(tables, task.id, path))
    return {
      ...task,
      ...specflowKind(tags, { category, phase, title, files, ahead: ahead(task) }),
      markers,
    }
  })
}

type TaskWithoutKind = SpecflowTask['task']

function isBuild({ phase, title, files }: TaskWithoutKind, category: Category = 'work'): boolean {
  return kindOf({ category, phase, title, files, ahead: false }).kind === 'build'
}

/** Whether a task that writes tests comes before the code: build tasks depend on it, and it depends on none of its own phase. */
function aheadOf(builds: readonly TaskWithoutKind[]): (task: TaskWithoutKind) => boolean {
  const phases = new Map(builds.map(({ id, phase }) => [id, phase]))
  const required = new Set(builds.flatMap(({ dependsOn }) => dependsOn))
  return ({ id, phase, dependsOn }) =>
    required.has(id) && !dependsOn.some(other => phases.get(other) === phase)
}

function titleOf(rows: readonly Row[]): string | undefined {
  const heading = rows.find(row => row.kind === 'heading' && row.level === 1)
  if (heading === undefined) return undefined
  const title = stripMarkup(headingText(heading)).replace(
    /^(implementation )?tasks?\s*[:：—-]\s*/i,
    '',
  )
  return title === '' ? undefined : title
}

function remedyFor({ id }: Candidate): string {
  return `Run \`specflow tasks ${commandId(id)}\` to create the tasks.`
}

function tooMany(count: number): string {
  return `The file has ${countOf(count, 'task')}; a plan may have ${MAX_TASKS}. Divide the feature.`
}

const MAX_TASKS = 20_000
