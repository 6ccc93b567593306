import { dependencyProblems } from '../../plan/dependencies.ts'
import type { Plan, Task } from '../../plan/plan.ts'
import { Unreadable, type Candidate, type WorkspaceReader } from '../dialect.ts'
import { longLineProblems, rowsOf, type Row } from '../markdown.ts'
import { documentsOf, type DocumentKind } from '../numbered-list/documents.ts'
import { subBoxes } from '../numbered-list/sub-boxes.ts'
import { classified } from '../task-list/classified.ts'
import { detailsOf } from '../task-list/details.ts'
import { parseTasks } from '../task-list/parse-tasks.ts'
import { planSource, refuseTooMany } from '../task-list/plan-source.ts'
import { planTitle } from '../task-list/plan-title.ts'
import { blockAllTasks, unclosedBlockProblem } from '../unclosed-block.ts'
import { dependenciesIn, ownDependencies } from './dependencies.ts'
import { traeEntries, type TraeEntry } from './entries.ts'

/** Reads the tasks.md of a feature. */
export function readPlan(reader: WorkspaceReader, candidate: Candidate): Plan {
  const { id, dir, tasks: path } = candidate
  const source = planSource(reader, path, REMEDY)
  const rows = rowsOf(source)
  const hidden = unclosedBlockProblem(source, rows, path)
  const entries = traeEntries(rows)
  refuseTooMany(path, entries.length)
  if (entries.length === 0)
    throw new Unreadable(
      path,
      hidden?.line ?? 1,
      hidden?.text ?? `The file has no tasks. ${REMEDY}`,
    )
  const { parsed, problems } = parseTasks(rows, entries, path, STYLE)
  const read = classified(parsed)
  const tasks = withParts(rows, entries, read.tasks, path)
  const hasDependencies = tasks.some(({ dependsOn }) => dependsOn.length > 0)
  return {
    feature: { id, title: titleOf(planTitle(rows)) ?? id, dialect: 'trae', dir },
    phases: read.phases,
    tasks,
    // Trae works on tasks at the same time that do not depend on one another.
    order: hasDependencies ? 'dependencies' : 'file',
    documents: documentsOf(reader, candidate, DOCUMENTS, []),
    problems: [
      ...blockAllTasks(hidden, tasks),
      ...longLineProblems(rows, path),
      ...problems,
      ...dependencyProblems(tasks),
    ],
  }
}

/** The tasks with their dependencies, and with their sub-tasks as criteria and further marks. */
function withParts(
  rows: readonly Row[],
  entries: readonly TraeEntry[],
  tasks: readonly Task[],
  path: string,
): Task[] {
  const known = new Set(tasks.map(({ id }) => id))
  const taken = new Set(entries.map(({ index }) => index))
  const elsewhere = dependenciesIn(rows, known)
  return tasks.map((task, at) => {
    const entry = entries[at]
    if (entry === undefined) return task
    const { lines } = detailsOf(rows, entry, entries[at + 1]?.index ?? rows.length)
    const others = [...ownDependencies(lines, known), ...(elsewhere.get(task.id) ?? [])]
    return {
      ...task,
      dependsOn: [...new Set([...task.dependsOn, ...others])].filter(id => id !== task.id),
      acceptance: task.acceptance.map(withoutNumber),
      markers: [...task.markers, ...subBoxes(rows, entry, path, taken)],
    }
  })
}

function withoutNumber(criterion: string): string {
  const text = criterion.replace(/^(?:(?:sub-?)?task|子任务)\s*#?\d[\d.]*\s*[:：.、-]*\s*/i, '')
  return text === '' ? criterion : text
}

function titleOf(title: string | undefined): string | undefined {
  const own = title?.replace(/^(tasks?|任务(列表)?)\s*([:：—–-]\s*|$)/i, '')
  return own === '' ? undefined : own
}

const STYLE = { example: 'Task 1:' }
const DOCUMENTS: readonly DocumentKind[] = [
  { name: 'spec', files: ['spec.md'] },
  { name: 'checklist', files: ['checklist.md'] },
]
const REMEDY = 'Write the tasks as "- [ ] Task 1: …", or let Trae write them.'
