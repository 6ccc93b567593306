import type { Candidate, Dialect, WorkspaceReader } from '../dialect.ts'
import { revertEdits } from '../revert-edits.ts'
import { markDoneEdits, markOpenEdits } from '../task-list/marking.ts'
import { bmadExample } from './example.ts'
import { activeOf, candidateOf, featuresOf } from './features.ts'
import { placesOf } from './places.ts'
import { readPlan } from './read.ts'
import { isStory } from './story-names.ts'
import { completionLocation, finishStory, readinessOf, startStory, statusOf } from './status.ts'

/** The dialect of BMAD: a story such as `1-2-login.md`, or `1.2.story.md` of v4, with `## Tasks / Subtasks`, and its status in `sprint-status.yaml`. */
export const bmad: Dialect = {
  name: 'bmad',
  title: 'BMAD',
  folders: /_bmad-output(?:\/implementation-artifacts)?|docs\/(?:sprint-artifacts|stories)/,
  planFiles: [
    '**/_bmad-output/**/*.md',
    '**/_bmad-output/**/sprint-status.yaml',
    '**/docs/stories/*',
    '**/docs/sprint-artifacts/*',
  ],
  example: bmadExample,
  detect,
  features: featuresOf,
  active: activeOf,
  featureIn,
  read: readPlan,
  readiness: readinessOf,
  start: (reader, plan, _task, at) => startStory(reader, plan, at),
  finish: (_reader, plan, task) => markDoneEdits(plan, task, '[x]'),
  reopen: (reader, plan, task, done) =>
    (done && revertEdits(reader, plan, task, done)) ?? markOpenEdits(task),
  completionLocation,
  finishFeature: finishStory,
  advice: (_reader, { tasks }, task) => ({
    before: [],
    after:
      task.id === tasks.at(-1)?.id
        ? ['Fill in the Dev Agent Record of the story: completion notes, file list, change log.']
        : [],
  }),
  planStatus: (reader, { feature: { dir, id } }) => statusOf(reader, dir, id)?.word,
}

function detect(reader: WorkspaceReader): string | undefined {
  const [place] = placesOf(reader)
  const path = place?.status ?? place?.evidence
  return path && `${path} exists`
}

/** A story that the caller named by its path. */
function featureIn(reader: WorkspaceReader, path: string): Candidate | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return name.endsWith('.md') && isStory(name) && reader.exists(path)
    ? candidateOf(path)
    : undefined
}
