import type { Candidate, WorkspaceReader } from '../dialect.ts'
import { trackCandidate } from './links.ts'
import { candidateIn } from './paths.ts'
import { registryOf } from './registry.ts'
import { collectionsOf, foldersIn, rootsOf } from './roots.ts'

/** Every component and track: those with a plan.md, and those that a registry still has open. */
export function featuresOf(reader: WorkspaceReader): Candidate[] {
  const found = new Map<string, Candidate>()
  for (const root of rootsOf(reader)) {
    const plans = plansIn(reader, root)
    const registry = registryOf(reader, root)
    const listed = (registry?.tracks ?? [])
      .map(track => ({ track, candidate: trackCandidate(reader, root, track, plans) }))
      .filter(({ track, candidate }) => isWanted(track.state) || reader.exists(candidate.tasks))
      .map(({ candidate }) => candidate)
    for (const candidate of [...plans, ...listed]) found.set(candidate.dir, candidate)
  }
  return [...found.values()].toSorted((a, b) => (a.dir < b.dir ? -1 : 1))
}

/** The folders below a conductor folder that have a plan. */
export function plansIn(reader: WorkspaceReader, root: string): Candidate[] {
  return collectionsOf(reader, root).flatMap(folder => plansBelow(reader, folder, 0))
}

/** Was this track laid aside? */
export function isArchivedTrack(dir: string): boolean {
  return /(^|\/)archive[d]?\//i.test(dir)
}

function plansBelow(reader: WorkspaceReader, dir: string, depth: number): Candidate[] {
  if (depth > 0 && reader.exists(`${dir}/plan.md`)) return [candidateIn(dir)]
  if (depth === DEEPEST) return []
  return foldersIn(reader, dir).flatMap(folder => plansBelow(reader, folder, depth + 1))
}

function isWanted(state: string): boolean {
  return state === 'open' || state === 'doing'
}

/** Tracks may be sorted into folders of folders. */
const DEEPEST = 6
