import { dependencyProblems } from '../../plan/dependencies.ts'
import { kindOf, writesTestsOnly } from '../../plan/kinds.ts'
import type { Category, Phase, Plan, Task } from '../../plan/plan.ts'
import { Unreadable, Unsupported, type Candidate, type WorkspaceReader } from '../dialect.ts'
import { headingText, rowsOf, type Row } from '../markdown.ts'
import { blockAllTasks, unclosedBlockProblem } from '../unclosed-block.ts'
import { featureDocuments, missingFeatureDocuments } from '../task-list/feature-documents.ts'
import { parseTasks, type ParsedTask } from '../task-list/parse-tasks.ts'
import { taskEntries } from '../task-list/task-entries.ts'
import { hookProblems } from './hooks.ts'
import { categoriesOf } from '../task-list/phases.ts'
import { stripMarkup } from '../task-list/task-text.ts'

/** Reads the tasks.md of a feature with everything around it. */
export function readPlan(reader: WorkspaceReader, candidate: Candidate): Plan {
  const path = candidate.tasks
  const source = sourceOf(reader, path)
  const rows = rowsOf(source)
  const entries = taskEntries(rows)
  const hidden = unclosedBlockProblem(source, rows, path)
  if (entries.length === 0)
    throw new Unreadable(path, hidden?.line ?? 1, hidden?.text ?? `It has no task. ${REMEDY}`)
  if (entries.length > MOST) throw new Unsupported(path, 1, tooMany(entries.length))
  const { drafts, problems } = parseTasks(rows, entries, path)
  const { tasks, phases } = classified(drafts)
  const title = titleOf(rows) ?? candidate.id
  return {
    feature: { id: candidate.id, title, dialect: 'spec-kit', dir: candidate.dir },
    phases,
    tasks,
    documents: featureDocuments(reader, candidate),
    problems: [
      ...blockAllTasks(hidden, tasks),
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
    throw new Unsupported(path, 1, 'It is not UTF-8 text. Save it as UTF-8.')
  return source
}

/** Phases with their purpose, and tasks with the kind that follows from it. */
function classified(drafts: readonly ParsedTask[]): { tasks: Task[]; phases: Phase[] } {
  const groups = groupsOf(drafts)
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

/** A heading that says the same words further down is a phase of its own. */
function groupsOf(drafts: readonly ParsedTask[]): ParsedTask[][] {
  const groups: ParsedTask[][] = []
  for (const draft of drafts) {
    const last = groups.at(-1)
    if (last !== undefined && last[0]?.phase?.line === draft.phase?.line) last.push(draft)
    else groups.push([draft])
  }
  return groups
}

function withKinds(group: readonly ParsedTask[], category: Category): Task[] {
  const isTest = group.map(({ task }) => writesTestsOnly(task.title, task.files))
  const lastWork = isTest.lastIndexOf(false)
  const testFirst = storiesTestFirst(group, isTest)
  return group.map((draft, at) => {
    const { task } = draft
    const isAhead = at < lastWork && (testFirst.has(task.story) || isUnderTests(draft))
    const ahead = category === 'test' || (category !== 'polish' && isAhead)
    const { title, files, phase } = task
    return Object.assign(task, kindOf({ category, phase, title, files, ahead }))
  })
}

/** The stories whose first task in the phase writes tests: there, tests come before what they test. */
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
  return `It has ${count} tasks; a plan may have ${MOST}. Divide the feature.`
}

const MOST = 20_000
const REMEDY = 'Write the tasks as "- [ ] T001 …" (/speckit.tasks makes them).'
const TESTS =
  /^\W*(tests?|testing|unit tests|integration tests|contract tests|red)\b|测试|測試|テスト/iu
