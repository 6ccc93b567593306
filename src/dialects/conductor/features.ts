import type { Candidate, WorkspaceReader } from '../dialect.ts'
import { trackCandidates } from './links.ts'
import { candidateIn } from './paths.ts'
import { registryOf } from './registry.ts'
import { collectionsOf, foldersIn, rootsOf } from './roots.ts'

/** Every component and track that has a plan.md or is still open in a registry. */
export function featuresOf(reader: WorkspaceReader): Candidate[] {
  const found = new Map<string, Candidate>()
  for (const root of rootsOf(reader)) {
    const plans = plansIn(reader, root)
    const registry = registryOf(reader, root)
    const candidateOf = trackCandidates(reader, root, plans)
    const listed = (registry?.tracks ?? [])
      .map(track => ({ track, candidate: candidateOf(track) }))
      .filter(({ track, candidate }) => isOpen(track.state) || reader.exists(candidate.tasks))
      .map(({ candidate }) => candidate)
    for (const candidate of [...plans, ...listed]) found.set(candidate.dir, candidate)
  }
  return [...found.values()].toSorted((a, b) => (a.dir < b.dir ? -1 : 1))
}

/** The folders below a conductor folder that contain a plan.md. */
export function plansIn(reader: WorkspaceReader, root: string): Candidate[] {
  return collectionsOf(reader, root).flatMap(folder => plansBelow(reader, folder, 0))
}

/** Is this track in an archive folder? */
export function isArchivedTrack(dir: string): boolean {
  return /(^|\/)archive[d]?\//i.test(dir)
}

function plansBelow(reader: WorkspaceReader, dir: string, depth: number): Candidate[] {
  if (depth > 0 && reader.exists(`${dir}/plan.md`)) return [candidateIn(dir)]
  if (depth === MAX_DEPTH) return []
  return foldersIn(reader, dir).flatMap(folder => plansBelow(reader, folder, depth + 1))
}

function isOpen(state: string): boolean {
  return state === 'open' || state === 'doing'
}

/** Track folders may be nested. */
const MAX_DEPTH = 6
