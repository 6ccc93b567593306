import { dependencyProblems } from '../../plan/dependencies.ts'
import { kindOf } from '../../plan/kinds.ts'
import { writesTestsOnly } from '../../plan/test-titles.ts'
import type { Category, Phase, Plan, Task } from '../../plan/plan.ts'
import { Unreadable, Unsupported, type Candidate, type WorkspaceReader } from '../dialect.ts'
import { headingText, longLineProblems, rowsOf, type Row } from '../markdown.ts'
import { blockAllTasks, unclosedBlockProblem } from '../unclosed-block.ts'
import { featureDocuments, missingFeatureDocuments } from '../task-list/feature-documents.ts'
import { parseTasks, type ParsedTask } from '../task-list/parse-tasks.ts'
import { taskEntries } from '../task-list/task-entries.ts'
import { hookProblems } from './hooks.ts'
import { categoriesOf } from '../task-list/phases.ts'
import { stripMarkup } from '../task-list/task-text.ts'
import { countOf } from '../../plan/format-list.ts'

/** Reads the tasks.md of a feature and the documents beside it. */
export function readPlan(reader: WorkspaceReader, candidate: Candidate): Plan {
  const path = candidate.tasks
  const source = sourceOf(reader, path)
  const rows = rowsOf(source)
  const entries = taskEntries(rows)
  const hidden = unclosedBlockProblem(source, rows, path)
  if (entries.length === 0)
    throw new Unreadable(
      path,
      hidden?.line ?? 1,
      hidden?.text ?? `The file has no tasks. ${REMEDY}`,
    )
  if (entries.length > MAX_TASKS) throw new Unsupported(path, 1, tooMany(entries.length))
  const { parsed, problems } = parseTasks(rows, entries, path)
  const { tasks, phases } = classified(parsed)
  const title = titleOf(rows) ?? candidate.id
  return {
    feature: { id: candidate.id, title, dialect: 'spec-kit', dir: candidate.dir },
    phases,
    tasks,
    documents: featureDocuments(reader, candidate),
    problems: [
      ...blockAllTasks(hidden, tasks),
      ...longLineProblems(rows, path),
      ...missingFeatureDocuments(reader, candidate),
      ...problems,
      ...dependencyProblems(tasks),
      ...hookProblems(reader),
    ],
  }
}

function sourceOf(reader: WorkspaceReader, path: string): string {
  const source = reader.read(path)
  if (source === undefined) throw new Unreadable(path, 1, `The file is missing. ${REMEDY}`)
  if (source.includes('\0'))
    throw new Unsupported(path, 1, 'The file is not UTF-8 text. Save it as UTF-8.')
  return source
}

/** The phases with their categories, and the tasks with their kinds. */
function classified(parsed: readonly ParsedTask[]): { tasks: Task[]; phases: Phase[] } {
  const groups = groupsOf(parsed)
  const names = groups.map(([first]) => first?.task.phase ?? '')
  const categories = categoriesOf(names)
  const phases = groups.map((group, at): Phase => ({
    name: names[at] ?? '',
    category: categories[at] ?? 'work',
    line: group[0]?.phase?.line ?? 0,
    tasks: group.map(({ task }) => task.id),
  }))
  const tasks = groups.flatMap((group, at) => withKinds(group, categories[at] ?? 'work'))
  return { tasks, phases }
}

/** Groups neighbouring tasks by heading. A later heading with the same text starts a phase of its own. */
function groupsOf(parsed: readonly ParsedTask[]): ParsedTask[][] {
  const groups: ParsedTask[][] = []
  for (const one of parsed) {
    const last = groups.at(-1)
    if (last !== undefined && last[0]?.phase?.line === one.phase?.line) last.push(one)
    else groups.push([one])
  }
  return groups
}

function withKinds(group: readonly ParsedTask[], category: Category): Task[] {
  const isTest = group.map(({ task }) => writesTestsOnly(task.title, task.files))
  const lastWork = isTest.lastIndexOf(false)
  const testFirst = storiesTestFirst(group, isTest)
  return group.map((parsed, at) => {
    const { task } = parsed
    const isAhead = at < lastWork && (testFirst.has(task.story) || isUnderTests(parsed))
    const ahead = category === 'test' || (category !== 'polish' && isAhead)
    const { title, files, phase } = task
    return Object.assign(task, kindOf({ category, phase, title, files, ahead }))
  })
}

/** The stories whose first task in the phase writes tests: in these, tests come before the code. */
function storiesTestFirst(
  group: readonly ParsedTask[],
  isTest: readonly boolean[],
): Set<string | undefined> {
  const begun = new Set<string | undefined>()
  const testFirst = new Set<string | undefined>()
  for (const [at, { task }] of group.entries()) {
    if (!begun.has(task.story) && isTest[at] === true) testFirst.add(task.story)
    begun.add(task.story)
  }
  return testFirst
}

function isUnderTests({ above, phase }: ParsedTask): boolean {
  return above.some(({ level, text }) => level > (phase?.level ?? 0) && TESTS.test(text))
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

function tooMany(count: number): string {
  return `The file has ${countOf(count, 'task')}; a plan may have ${MAX_TASKS}. Divide the feature.`
}

const MAX_TASKS = 20_000
const REMEDY = 'Write the tasks as "- [ ] T001 …", or run /speckit.tasks.'
const TESTS =
  /^\W*(tests?|testing|unit tests|integration tests|contract tests|red)\b|测试|測試|テスト/iu
