import type { Problem } from '../../plan/plan.ts'
import { remembered } from '../../plan/remembered.ts'
import { Unreadable, type ActiveFeature, type Candidate, type WorkspaceReader } from '../dialect.ts'
import { ConflictMarkers } from '../conflict-markers.ts'
import { textOrEmpty } from '../text-or-empty.ts'
import { placesOf, type Place } from './places.ts'
import { rowsOf } from '../markdown.ts'
import { normalized, readSprintStatus, type SprintStatus } from './sprint-status.ts'
import { isOfEpic, isStory } from './story-names.ts'
import { storyStatus } from './story-status.ts'

/** The stories that have a file, sorted by directory. */
export function featuresOf(reader: WorkspaceReader): Candidate[] {
  return placesOf(reader).flatMap(place => storiesIn(reader, place))
}

export function storiesIn(reader: WorkspaceReader, place: Place): Candidate[] {
  const keys = sprintOrUndefined(reader, place)?.entries.map(({ key }) => key) ?? []
  // Stories outside of every epic, such as fixes, have no number.
  const listed = new Set(keys.filter(key => !isOfEpic(key)).map(key => `${key}.md`))
  return place.folders.flatMap(folder =>
    reader
      .list(folder)
      .filter(name => listed.has(name) || (name.endsWith('.md') && isStory(name)))
      .map(name => candidateOf(`${folder}/${name}`))
      .toSorted(byNumber),
  )
}

export function candidateOf(path: string): Candidate {
  const id = path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/, '')
  return { id, dir: path, tasks: path }
}

/** As in BMAD: the first story of the sprint that is in progress, else the first that is ready for development. */
export function activeOf(reader: WorkspaceReader): ActiveFeature {
  const found = placesOf(reader).flatMap(place => activeIn(reader, place) ?? [])
  const [only, ...more] = found
  if (only !== undefined && more.length === 0) return only
  if (only !== undefined) {
    const several = found.flatMap(one => ('found' in one ? one.found : []))
    return { several, remedy: 'Name the story.' }
  }
  const lost = placesOf(reader).flatMap(place => lostIn(reader, place))
  const none = ['No story is ready for development.', ...lost.slice(0, MAX_LOST)].join(' ')
  return { none, remedy: 'Create the next story first (create-story of BMAD).' }
}

function activeIn(reader: WorkspaceReader, place: Place): ActiveFeature | undefined {
  const stories = storiesIn(reader, place)
  const sprint = sprintOrUndefined(reader, place)
  const ownStatus = remembered(({ tasks }: Candidate) =>
    normalized(storyStatus(rowsOf(textOrEmpty(reader, tasks)), tasks)?.text ?? ''),
  )
  const statusOf = (story: Candidate) =>
    sprint === undefined
      ? ownStatus(story)
      : (sprint.entries.find(({ key }) => key === story.id)?.value ?? '')
  const order = new Map(sprint?.entries.map(({ key }, at) => [key, at]))
  const ordered = stories.toSorted(
    (one, other) => (order.get(one.id) ?? Infinity) - (order.get(other.id) ?? Infinity) || 0,
  )
  // One that waits for its approval comes before those that are finished.
  for (const status of ['in-progress', 'ready-for-dev', 'draft']) {
    const story = ordered.find(one => statusOf(one) === status)
    if (story !== undefined)
      return { found: story, evidence: `${story.id} is the first story that is ${status}` }
  }
  // A file that the status file does not list may be a note, such as `01-05-2026-ideas.md`.
  const last =
    ordered.findLast(one => statusOf(one) === 'review') ??
    ordered.findLast(one => statusOf(one) !== '') ??
    (sprint === undefined ? ordered.at(-1) : undefined)
  return last && { found: last, evidence: `${last.id} was the last story`, isFinished: true }
}

function lostIn(reader: WorkspaceReader, place: Place): string[] {
  const sprint = sprintOrUndefined(reader, place)
  return sprint === undefined
    ? []
    : lostStories(sprint, storiesIn(reader, place), place).map(({ text }) => text)
}

/** The entries of the status file whose story has no file, although its status says that there is one. */
export function lostStories(
  { path, entries }: SprintStatus,
  stories: readonly Candidate[],
  { folders }: Place,
): Problem[] {
  const files = new Set(stories.map(({ id }) => id))
  return entries
    .filter(
      ({ key, value }) =>
        isStory(key) && value !== 'backlog' && value !== 'done' && !files.has(key),
    )
    .map(({ key, value, line }) => ({
      path,
      line,
      text: `${key} is ${value} in ${path}, line ${line}, but there is no file ${key}.md in ${folders.join(', ')}.`,
      isUnread: true,
    }))
}

/** `undefined` for a file that is missing or cannot be read; reading a story reports what is wrong with it. */
function sprintOrUndefined(reader: WorkspaceReader, { status }: Place): SprintStatus | undefined {
  try {
    return status === undefined ? undefined : readSprintStatus(reader, status)
  } catch (error) {
    if (error instanceof Unreadable || error instanceof ConflictMarkers) return undefined
    throw error
  }
}

function byNumber(one: Candidate, other: Candidate): number {
  return one.id.localeCompare(other.id, 'en', { numeric: true })
}

const MAX_LOST = 3
