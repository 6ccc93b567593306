import { dependencyProblems } from '../../plan/dependencies.ts'
import type { Phase, Plan, Task } from '../../plan/plan.ts'
import { Unreadable, Unsupported, type Candidate, type WorkspaceReader } from '../dialect.ts'
import { headingText, longLineProblems, rowsOf, type Row } from '../markdown.ts'
import { blockAllTasks, unclosedBlockProblem } from '../unclosed-block.ts'
import { categoriesOf } from '../task-list/phases.ts'
import { stripMarkup } from '../task-list/task-text.ts'
import { trackDocuments } from './documents.ts'
import { parseTrackTasks, type TrackTask } from './parse-tasks.ts'
import { conductorKind, isTestTask } from './kinds.ts'
import { metadataOf } from './metadata.ts'
import { conductorProblems } from './problems.ts'
import { rootOf } from './roots.ts'
import { flavourIn, type Flavour } from './registry.ts'
import { taskLinesOf } from './task-lines.ts'
import { withoutProgress } from './task-title.ts'
import { preferencesOf } from './workflow.ts'
import { countOf } from '../../plan/format-list.ts'

/** Reads the plan.md of a component or track and the documents around it. */
export function readPlan(reader: WorkspaceReader, candidate: Candidate): Plan {
  const { id, dir, tasks: path } = candidate
  const source = reader.read(path)
  if (source === undefined) throw new Unreadable(path, 1, `The file is missing. ${REMEDY}`)
  const rows = rowsOf(source)
  const lines = taskLinesOf(rows)
  const hidden = unclosedBlockProblem(source, rows, path)
  if (lines.length === 0)
    throw new Unreadable(
      path,
      hidden?.line ?? 1,
      hidden?.text ?? `The file has no tasks. ${REMEDY}`,
    )
  if (lines.length > MAX_TASKS) throw new Unsupported(path, 1, tooMany(lines.length))
  const { parsed, problems } = parseTrackTasks(rows, lines, path)
  const groups = groupsOf(parsed)
  const phases = phasesIn(groups)
  const root = rootOf(dir)
  const testsFirst = preferencesOf(reader, root).order.includes('tests first')
  const context = { flavour: flavourIn(reader, root), testsFirst }
  const tasks = groups.flatMap((group, at) => withKinds(group, phases[at], context))
  const title = titleOf(rows)?.replace(` (${id})`, '') ?? metadataOf(reader, dir).title ?? id
  return {
    feature: { id, title, dialect: 'conductor', dir },
    phases,
    tasks,
    documents: trackDocuments(reader, candidate),
    problems: [
      ...blockAllTasks(hidden, tasks),
      ...longLineProblems(rows, path),
      ...conductorProblems(reader, candidate, tasks),
      ...problems,
      ...dependencyProblems(tasks),
    ],
  }
}

/** Groups neighbouring tasks by heading. A later heading with the same text starts a phase of its own. */
function groupsOf(parsed: readonly TrackTask[]): TrackTask[][] {
  const groups: TrackTask[][] = []
  for (const one of parsed) {
    const last = groups.at(-1)
    if (last !== undefined && last[0]?.heading?.line === one.heading?.line) last.push(one)
    else groups.push([one])
  }
  return groups
}

function phasesIn(groups: readonly TrackTask[][]): Phase[] {
  const names = groups.map(([first]) => first?.task.phase ?? '')
  const categories = categoriesOf(names)
  return groups.map((group, at) => ({
    name: names[at] ?? '',
    category: categories[at] ?? 'work',
    line: group[0]?.heading?.line ?? 0,
    tasks: group.map(({ task }) => task.id),
  }))
}

interface Context {
  flavour: Flavour
  testsFirst: boolean
}

function withKinds(
  group: readonly TrackTask[],
  phase: Phase | undefined,
  context: Context,
): Task[] {
  const category = phase?.category ?? 'work'
  const cluesOf = ({ task: { title, files, phase }, subtasks }: TrackTask, ahead: boolean) => {
    return { title, files, phase, category, subtasks, ahead, flavour: context.flavour }
  }
  const lastWork = group.findLastIndex(one => conductorKind(cluesOf(one, false)).kind === 'build')
  const [first] = group
  // Tests come before the code if the workflow says so, or if the phase begins with them.
  const beginsWithTests = first !== undefined && isTestTask(first.task.title, first.task.files)
  const testsFirst = context.testsFirst || beginsWithTests
  return group.map((one, at) => {
    const ahead = category === 'test' || (testsFirst && at < lastWork)
    return { ...one.task, ...conductorKind(cluesOf(one, ahead)) }
  })
}

function titleOf(rows: readonly Row[]): string | undefined {
  const heading = rows.find(row => row.kind === 'heading' && row.level === 1)
  if (heading === undefined) return undefined
  const name = withoutProgress(stripMarkup(headingText(heading)))
  const title = name.replace(/^(implementation |track )?plan\s*[:—–-]\s*/i, '')
  return title === '' || isPhaseName(title) ? undefined : title
}

function tooMany(count: number): string {
  return `The file has ${countOf(count, 'task')}; a plan may have ${MAX_TASKS}. Divide the plan.`
}

function isPhaseName(title: string): boolean {
  return /^phase\b/i.test(title)
}

const MAX_TASKS = 20_000
const REMEDY = 'Write the tasks as "- [ ] Task: …" under headings such as "## Phase 1: …".'
