import type { Candidate, WorkspaceReader } from '../dialect.ts'
import { candidateIn, parentFolder, baseName, resolvePath } from './paths.ts'
import type { Track } from './track.ts'
import { collectionsOf, registryPath } from './roots.ts'

/**
 * Where a track's plan is: where a link leads, seen from the registry, from the workspace or from the project; else the
 * folder of that name; else where it ought to be.
 */
export function trackCandidate(
  reader: WorkspaceReader,
  root: string,
  track: Track,
  plans: readonly Candidate[],
): Candidate {
  const linked = track.links
    .flatMap(link => targetsOf(reader, root, link))
    .find(dir => reader.exists(`${dir}/plan.md`))
  if (linked !== undefined) return candidateIn(linked)
  const named = plans.find(({ id }) => id === track.id)
  if (named !== undefined) return named
  const [collection = `${root}/tracks`] = collectionsOf(reader, root)
  return candidateIn(`${collection}/${track.id}`)
}

/** The folder that a link names, as the last part of its path. */
export function folderNameOfLink(link: string): string {
  return baseName(folderNamed(link))
}

function targetsOf(reader: WorkspaceReader, root: string, link: string): string[] {
  const folder = folderNamed(link)
  const bases = [parentFolder(registryPath(reader, root)), '', parentFolder(root)]
  const targets = bases.flatMap(base => resolvePath(base, folder) ?? [])
  return [...new Set(targets)].filter(dir => dir !== root && dir !== '')
}

function folderNamed(link: string): string {
  const path = link.replace(/[#?].*$/, '').replace(/\/+$/, '')
  return /\.md$/i.test(path) ? parentFolder(path) : path
}
