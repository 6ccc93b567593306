import type { ActiveFeature, Candidate, WorkspaceReader } from '../dialect.ts'
import { isArchivedTrack, plansIn } from './features.ts'
import { trackCandidates } from './links.ts'
import { isLaterDate } from './dates.ts'
import { registryOf, type Registry } from './registry.ts'
import type { Track } from './track.ts'
import { rootsOf } from './roots.ts'

/** The active component or track according to the registries. */
export function activeOf(reader: WorkspaceReader): ActiveFeature {
  const answers = rootsOf(reader).map(root => activeIn(reader, root))
  const possible = answers.flatMap(answer => {
    if ('found' in answer) return [answer.found]
    return 'several' in answer ? answer.several : []
  })
  if (possible.length > 1) return { several: possible, remedy: NAME_ONE }
  const found = answers.find(answer => 'found' in answer) ?? lastFinished(reader)
  return found ?? answers[0] ?? { none: 'No track has a plan.md.', remedy: PLAN_ONE }
}

/** If nothing is open, the track that was finished last is still the one to report on. */
function lastFinished(reader: WorkspaceReader): ActiveFeature | undefined {
  const completed = rootsOf(reader).flatMap(root => {
    const registry = registryOf(reader, root)
    const tracks = registry?.problem === undefined ? (registry?.tracks ?? []) : []
    const done = tracks.filter(({ state }) => state === 'done')
    return registry ? done.map(track => ({ registry, track })) : []
  })
  const last = completed.find(one =>
    completed.every(other => other === one || isLater(one.track, other.track)),
  )
  const answer = last && activeTrack(reader, last.registry, last.track, 'was finished last')
  return answer && 'found' in answer ? answer : undefined
}

function activeIn(reader: WorkspaceReader, root: string): ActiveFeature {
  const registry = registryOf(reader, root)
  if (registry?.problem !== undefined) {
    const { path, line, text } = registry.problem
    return {
      none: `${path}:${line} cannot be read. ${text}`,
      remedy: 'Fix the file, or name the track.',
      isNamed: true,
    }
  }
  if (registry === undefined || registry.tracks.length === 0) return onlyPlan(reader, root)
  return registry.flavour === 'table' ? latestTrack(reader, registry) : firstTrack(reader, registry)
}

/** Without a registry, the only plan is the active one. */
function onlyPlan(reader: WorkspaceReader, root: string): ActiveFeature {
  const all = plansIn(reader, root)
  const present = all.filter(({ dir }) => !isArchivedTrack(dir))
  // Archived tracks count only if there are no others.
  const plans = present.length > 0 ? present : all
  const [only, ...more] = plans
  if (only === undefined) return { none: `${root} has no track with a plan.md.`, remedy: PLAN_ONE }
  if (more.length > 0) return { several: plans, remedy: NAME_ONE }
  return { found: only, evidence: `${only.tasks} is the only one` }
}

/** The planned or active component that was updated last. */
function latestTrack(reader: WorkspaceReader, registry: Registry): ActiveFeature {
  const active = registry.tracks.filter(({ state }) => state === 'open' || state === 'doing')
  const [only, ...more] = active
  if (only === undefined) return nothingActive(registry, 'is Planning or In Progress')
  if (more.length === 0) return activeTrack(reader, registry, only, 'is the only active one')
  // Only the track that wins against each in turn can be later than all others.
  const best = active.reduce((best, track) => (isLater(track, best) ? track : best), only)
  const last = active.every(other => other === best || isLater(best, other)) ? best : undefined
  if (last !== undefined) return activeTrack(reader, registry, last, 'was updated last')
  const several = active.map(candidatesIn(reader, registry))
  return { several, remedy: NAME_ONE }
}

function isLater(track: Track, other: Track): boolean {
  const updated = isLaterDate(dated(track), dated(other))
  if (updated !== undefined) return updated
  return isLaterDate(track.created?.text ?? '', other.created?.text ?? '') === true
}

/** The date of the last update; for a row without one, the date of creation. */
function dated({ updated, created }: Track): string {
  const text = updated?.text.trim() ?? ''
  return text === '' ? (created?.text ?? '') : text
}

/** The track in progress, else the first open one. */
function firstTrack(reader: WorkspaceReader, registry: Registry): ActiveFeature {
  const started = registry.tracks.find(({ state }) => state === 'doing')
  if (started !== undefined) return activeTrack(reader, registry, started, 'is in progress')
  const next = registry.tracks.find(({ state }) => state === 'open')
  if (next !== undefined)
    return activeTrack(reader, registry, next, 'is the first that is not done')
  return nothingActive(registry, 'is open')
}

function activeTrack(
  reader: WorkspaceReader,
  registry: Registry,
  track: Track,
  why: string,
): ActiveFeature {
  const one = candidatesIn(reader, registry)(track)
  const location = `${track.path}:${track.line}`
  if (reader.exists(one.tasks)) return { found: one, evidence: `${location} ${why}` }
  return {
    none: `${location} names ${track.id}, but ${one.tasks} does not exist.`,
    remedy: PLAN_ONE,
  }
}

function nothingActive({ path }: Registry, what: string): ActiveFeature {
  return { none: `Nothing in ${path} ${what}.`, remedy: `${PLAN_ONE} Or name the track.` }
}

function candidatesIn(reader: WorkspaceReader, { root }: Registry): (track: Track) => Candidate {
  return trackCandidates(reader, root, plansIn(reader, root))
}

const NAME_ONE = 'Name the track or component by its folder.'
const PLAN_ONE = 'Create a plan.md first, with the conductor command for a new track or component.'
