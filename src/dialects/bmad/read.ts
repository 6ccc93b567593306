import type { Plan, PlanDocument, Problem } from '../../plan/plan.ts'
import { Unreadable, type Candidate, type WorkspaceReader } from '../dialect.ts'
import { longLineProblems, rowsOf } from '../markdown.ts'
import { planSource, refuseTooMany } from '../task-list/plan-source.ts'
import { blockAllTasks, unclosedBlockProblem } from '../unclosed-block.ts'
import { lostStories, storiesIn } from './features.ts'
import { placeOfStory, type Place } from './places.ts'
import { readSprintStatus, type SprintStatus } from './sprint-status.ts'
import { storyOf } from './story.ts'

/** Reads the tasks of a story. */
export function readPlan(reader: WorkspaceReader, { id, dir, tasks: path }: Candidate): Plan {
  const source = planSource(reader, path, REMEDY)
  const rows = rowsOf(source)
  const hidden = unclosedBlockProblem(source, rows, path)
  const story = storyOf(source, path)
  refuseTooMany(path, story.tasks.length)
  if (story.tasks.length === 0)
    throw new Unreadable(
      path,
      hidden?.line ?? 1,
      hidden?.text ?? `The story has no tasks. ${REMEDY}`,
    )
  const place = placeOfStory(reader, path)
  const sprint = place.status === undefined ? undefined : readSprintStatus(reader, place.status)
  return {
    feature: { id, title: story.title ?? id, dialect: 'bmad', dir },
    phases: story.phases,
    tasks: story.tasks,
    documents: documentsOf(reader, place, path),
    problems: [
      ...blockAllTasks(hidden, story.tasks),
      ...longLineProblems(rows, path),
      ...story.problems,
      ...(sprint?.problems ?? []),
      ...(sprint ? connectionProblems(reader, place, sprint, id) : []),
    ],
  }
}

/** A story without an entry in the status file, and entries whose story has no file. */
function connectionProblems(
  reader: WorkspaceReader,
  place: Place,
  sprint: SprintStatus,
  id: string,
): Problem[] {
  const isListed = sprint.entries.some(({ key }) => key === id)
  const text = `${sprint.path} has no status of ${id}. Run the sprint planning of BMAD, or add it.`
  return [
    ...(isListed ? [] : [{ path: sprint.path, line: 1, text }]),
    ...lostStories(sprint, storiesIn(reader, place), place),
  ]
}

function documentsOf(reader: WorkspaceReader, place: Place, path: string): PlanDocument[] {
  const { project } = place
  const around = AROUND.flatMap(([name, file]) => {
    const found = [`${project}${file}`].filter(one => reader.exists(one))
    return found.map(one => ({ name, path: one }))
  })
  return [{ name: 'tasks', path }, ...around]
}

const AROUND = [
  ['project context', '_bmad-output/project-context.md'],
  ['project context', 'docs/project-context.md'],
  ['architecture', '_bmad-output/planning-artifacts/architecture.md'],
  ['architecture', 'docs/architecture.md'],
  ['epics', '_bmad-output/planning-artifacts/epics.md'],
  ['epics', 'docs/epics.md'],
] as const
const REMEDY = 'Write them as "- [ ] Task 1: … (AC: #1)" below "## Tasks / Subtasks".'
