import type { Plan, PlanDocument } from '../../plan/plan.ts'
import { Unreadable, type Candidate, type WorkspaceReader } from '../dialect.ts'
import { longLineProblems, rowsOf, type Row } from '../markdown.ts'
import { filesNamedIn } from '../task-list/files.ts'
import { planSource, refuseTooMany } from '../task-list/plan-source.ts'
import { planTitle } from '../task-list/plan-title.ts'
import { withGroupTexts } from '../groups-around.ts'
import { blockAllTasks, unclosedBlockProblem } from '../unclosed-block.ts'
import { checklistEntries } from './entries.ts'
import { checklistTasks } from './tasks.ts'
import { repeatedProblems, unreadProblems } from './unread.ts'

/** Reads a Markdown file whose boxes, or headings such as `### Task 3: …`, are tasks. */
export function readPlan(reader: WorkspaceReader, { id, dir, tasks: path }: Candidate): Plan {
  const source = planSource(reader, path, MISSING)
  const rows = rowsOf(source)
  const hidden = unclosedBlockProblem(source, rows, path)
  const entries = checklistEntries(rows)
  refuseTooMany(path, entries.tasks.length)
  const problems = unreadProblems(rows, entries, path)
  if (entries.tasks.length === 0) throw withoutTasks(path, hidden ?? problems[0])
  const { tasks, phases } = checklistTasks(rows, entries.tasks, path)
  const header = rows.slice(0, entries.tasks[0]?.entry.index)
  return {
    feature: { id, title: planTitle(rows) ?? id, dialect: 'checklist', dir },
    phases,
    tasks: withGroupTexts(tasks),
    keepsIds: true,
    documents: [{ name: 'tasks', path }, ...documentsIn(reader, header, path)],
    problems: [
      ...blockAllTasks(hidden, tasks),
      ...longLineProblems(rows, path),
      ...problems,
      ...repeatedProblems(entries, tasks, path),
    ],
  }
}

function withoutTasks(
  path: string,
  problem: { line: number; text: string } | undefined,
): Unreadable {
  const { line = 1, text = `The file has no box. ${REMEDY}` } = problem ?? {}
  return new Unreadable(path, line, problem === undefined ? text : `No task was found. ${text}`)
}

/** The documents that the plan names before its first task, such as its specification. */
function documentsIn(reader: WorkspaceReader, header: readonly Row[], own: string): PlanDocument[] {
  const text = header
    .filter(({ kind }) => kind !== 'hidden')
    .slice(0, MAX_HEADER)
    // "See FILE" is a reference, which other texts do not count as naming the file.
    .map(row => row.text.replaceAll(/\b(see|per|based on|in)\b/gi, ' '))
  return filesNamedIn(text.join('\n'))
    .filter(file => file !== own && /\.md$/i.test(file) && reader.exists(file))
    .slice(0, MAX_DOCUMENTS)
    .map(file => ({ name: file, path: file }))
}

const REMEDY =
  'Write each task as "- [ ] …", or as a heading "### Task 1: …" or "## Stage 1: …" with "**Status**: Not Started" below it.'
const MISSING =
  'A plan is a Markdown file inside the workspace. Correct the name, or write the plan first.'
const MAX_HEADER = 200
const MAX_DOCUMENTS = 10
