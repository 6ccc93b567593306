import type { ActiveFeature, Candidate, WorkspaceReader } from '../dialect.ts'
import { isArchivedTrack, plansIn } from './features.ts'
import { trackCandidate } from './links.ts'
import { isLaterDate } from './dates.ts'
import { registryOf, type Registry } from './registry.ts'
import type { Track } from './track.ts'
import { rootsOf } from './roots.ts'

/** The component or track that the registries point to. */
export function activeOf(reader: WorkspaceReader): ActiveFeature {
  const answers = rootsOf(reader).map(root => activeIn(reader, root))
  const meant = answers.flatMap(answer => {
    if ('found' in answer) return [answer.found]
    return 'several' in answer ? answer.several : []
  })
  if (meant.length > 1) return { several: meant, remedy: NAME_ONE }
  const sure = answers.find(answer => 'found' in answer) ?? lastFinished(reader)
  return sure ?? answers[0] ?? { none: 'No track has a plan.md.', remedy: PLAN_ONE }
}

/** Where nothing is open, what was finished last is still what a person asks about. */
function lastFinished(reader: WorkspaceReader): ActiveFeature | undefined {
  const over = rootsOf(reader).flatMap(root => {
    const registry = registryOf(reader, root)
    const tracks = registry?.problem === undefined ? (registry?.tracks ?? []) : []
    const done = tracks.filter(({ state }) => state === 'done')
    return registry ? done.map(track => ({ registry, track })) : []
  })
  const last = over.find(one =>
    over.every(other => other === one || isLater(one.track, other.track)),
  )
  const answer = last && found(reader, last.registry, last.track, 'was finished last')
  return answer && 'found' in answer ? answer : undefined
}

function activeIn(reader: WorkspaceReader, root: string): ActiveFeature {
  const registry = registryOf(reader, root)
  if (registry?.problem !== undefined) {
    const { path, line, text } = registry.problem
    return {
      none: `${path}:${line} cannot be read. ${text}`,
      remedy: 'Mend it, or name the track.',
    }
  }
  if (registry === undefined || registry.tracks.length === 0) return lonely(reader, root)
  return registry.flavour === 'table' ? latest(reader, registry) : first(reader, registry)
}

/** Without a registry the plan itself has to be the only one. */
function lonely(reader: WorkspaceReader, root: string): ActiveFeature {
  const all = plansIn(reader, root)
  const present = all.filter(({ dir }) => !isArchivedTrack(dir))
  // What was laid aside is no candidate beside what was not.
  const plans = present.length > 0 ? present : all
  const [only, ...more] = plans
  if (only === undefined) return { none: `${root} has no track with a plan.md.`, remedy: PLAN_ONE }
  if (more.length > 0) return { several: plans, remedy: NAME_ONE }
  return { found: only, evidence: `${only.tasks} is the only one` }
}

function latest(reader: WorkspaceReader, registry: Registry): ActiveFeature {
  const active = registry.tracks.filter(({ state }) => state === 'open' || state === 'doing')
  const [only, ...more] = active
  if (only === undefined) return finished(registry, 'is Planning or In Progress')
  if (more.length === 0) return found(reader, registry, only, 'is the only one at work')
  const last = active.find(track => active.every(other => other === track || isLater(track, other)))
  if (last !== undefined) return found(reader, registry, last, 'was updated last')
  const several = active.map(track => candidate(reader, registry, track))
  return { several, remedy: NAME_ONE }
}

function isLater(track: Track, other: Track): boolean {
  const updated = isLaterDate(dated(track), dated(other))
  if (updated !== undefined) return updated
  return isLaterDate(track.created?.text ?? '', other.created?.text ?? '') === true
}

/** A row that was never updated is as old as it was made. */
function dated({ updated, created }: Track): string {
  const text = updated?.text.trim() ?? ''
  return text === '' ? (created?.text ?? '') : text
}

function first(reader: WorkspaceReader, registry: Registry): ActiveFeature {
  const begun = registry.tracks.find(({ state }) => state === 'doing')
  if (begun !== undefined) return found(reader, registry, begun, 'is in progress')
  const next = registry.tracks.find(({ state }) => state === 'open')
  if (next !== undefined) return found(reader, registry, next, 'is the first that is not done')
  return finished(registry, 'is open')
}

function found(
  reader: WorkspaceReader,
  registry: Registry,
  track: Track,
  why: string,
): ActiveFeature {
  const one = candidate(reader, registry, track)
  const place = `${track.path}:${track.line}`
  if (reader.exists(one.tasks)) return { found: one, evidence: `${place} ${why}` }
  return { none: `${place} names ${track.id}, but ${one.tasks} is not there.`, remedy: PLAN_ONE }
}

function finished({ path }: Registry, what: string): ActiveFeature {
  return { none: `Nothing in ${path} ${what}.`, remedy: `${PLAN_ONE} Or name the track.` }
}

function candidate(reader: WorkspaceReader, { root }: Registry, track: Track): Candidate {
  return trackCandidate(reader, root, track, plansIn(reader, root))
}

const NAME_ONE = 'Name the track or component by its folder.'
const PLAN_ONE = 'Write its plan.md first, with the conductor command for a new one.'
