import type { Edit } from '../../plan/edit.ts'
import type { Plan } from '../../plan/plan.ts'
import type { FeatureReadiness, Timestamp, WorkspaceReader } from '../dialect.ts'
import { placeOfStory } from './places.ts'
import { normalized, readSprintStatus, statusEdits, type SprintStatus } from './sprint-status.ts'
import { epicOf, isDottedStory } from './story-names.ts'
import { storyOf } from './story.ts'

/** Where a story's status is, and what it says. */
interface StoryStatus {
  word: string
  path: string
  line: number
}

/** Work begins on a story that is ready for development. The status file decides, else the story itself. */
export function readinessOf(reader: WorkspaceReader, { feature }: Plan): FeatureReadiness {
  const status = statusOf(reader, feature.dir, feature.id)
  if (status === undefined)
    return refused(`${feature.dir} has no status.`, 'Let BMAD create the story (create-story).')
  const { word, path } = status
  const fact = `${path} says that ${feature.id} is ${word}`
  if (word === 'ready-for-dev' || word === 'in-progress') return { ready: true, evidence: fact }
  if (word === 'review' || word === 'done')
    return refused(
      `${fact}.`,
      'Name another story, or set its status to in-progress to continue it.',
    )
  if (word === 'draft')
    return refused(
      `${fact}.`,
      'Ask a human to read the story. They set its status to Approved when it may be built.',
    )
  return refused(
    `${fact}.`,
    'Create the story first (create-story of BMAD), or set it to ready-for-dev.',
  )
}

/** The edits when the first task of a story starts: the story and its epic are in progress. */
export function startStory(
  reader: WorkspaceReader,
  { feature: { id, dir } }: Plan,
  at: Timestamp,
): Edit[] {
  const sprint = sprintOf(reader, dir)
  if (sprint === undefined || !sprint.entries.some(({ key }) => key === id))
    return ownStatusEdits(reader, dir, ['ready-for-dev'], 'in-progress')
  const changes = sprint.entries
    .filter(
      ({ key, value }) =>
        (key === id && value === 'ready-for-dev') || (key === epicOf(id) && value === 'backlog'),
    )
    .map(({ key }) => [key, 'in-progress'] as const)
  return statusEdits(sprint, new Map(changes), at)
}

/** The edits when the whole story is validated: it waits for its review, in both files. */
export function finishStory(
  reader: WorkspaceReader,
  { feature: { id, dir } }: Plan,
  at: Timestamp,
): Edit[] {
  const sprint = sprintOf(reader, dir)
  const isOpen = sprint?.entries.some(
    ({ key, value }) => key === id && value !== 'review' && value !== 'done',
  )
  return [
    ...ownStatusEdits(reader, dir, ['ready-for-dev', 'in-progress'], 'review'),
    ...(sprint && isOpen === true ? statusEdits(sprint, new Map([[id, 'review']]), at) : []),
  ]
}

/** Where the files say that the story is implemented. */
export function completionLocation(
  reader: WorkspaceReader,
  { feature: { id, dir } }: Plan,
): { path: string; line: number } | undefined {
  const status = statusOf(reader, dir, id)
  return status && /^(review|done)$/.test(status.word)
    ? { path: status.path, line: status.line }
    : undefined
}

export function statusOf(
  reader: WorkspaceReader,
  dir: string,
  id: string,
): StoryStatus | undefined {
  const sprint = sprintOf(reader, dir)
  const entry = sprint?.entries.find(({ key }) => key === id)
  if (sprint && entry) return { word: entry.value, path: sprint.path, line: entry.line }
  const own = storyOf(reader.read(dir) ?? '', dir).status
  return own && { word: normalized(own.text), path: dir, line: own.line }
}

function sprintOf(reader: WorkspaceReader, dir: string): SprintStatus | undefined {
  const { status } = placeOfStory(reader, dir)
  return status === undefined ? undefined : readSprintStatus(reader, status)
}

/** The status in the story itself, in the style of the file. */
function ownStatusEdits(
  reader: WorkspaceReader,
  path: string,
  from: readonly string[],
  to: string,
): Edit[] {
  const { status } = storyOf(reader.read(path) ?? '', path)
  if (status === undefined || !from.includes(normalized(status.text))) return []
  const { line, start, end, text } = status
  const name = path.slice(path.lastIndexOf('/') + 1)
  const word = (isDottedStory(name) ? DOTTED_STATUS.get(to) : undefined) ?? to
  return [{ path, line, start, end, from: text, to: word }]
}

/** The words of BMAD v4. */
const DOTTED_STATUS: ReadonlyMap<string, string> = new Map([
  ['in-progress', 'InProgress'],
  ['review', 'Ready for Review'],
])

function refused(fact: string, remedy: string): FeatureReadiness {
  return { ready: false, fact, remedy, humanDecision: false }
}
