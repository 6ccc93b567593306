import type { Candidate, WorkspaceReader } from '../dialect.ts'
import { candidateIn, parentFolder, baseName, resolvePath } from './paths.ts'
import type { Track } from './track.ts'
import { collectionsOf, registryPath } from './roots.ts'

/**
 * The folder of a track's plan: the target of a link, relative to the registry, the workspace or the project; else the
 * folder with the track's name; else the folder where it is expected.
 */
export function trackCandidate(
  reader: WorkspaceReader,
  root: string,
  track: Track,
  plans: readonly Candidate[],
): Candidate {
  const linked = track.links
    .flatMap(link => targetFolders(reader, root, link))
    .find(dir => reader.exists(`${dir}/plan.md`))
  if (linked !== undefined) return candidateIn(linked)
  const named = plans.find(({ id }) => id === track.id)
  if (named !== undefined) return named
  const [collection = `${root}/tracks`] = collectionsOf(reader, root)
  return candidateIn(`${collection}/${track.id}`)
}

/** The name of the folder that a link points to. */
export function folderNameOfLink(link: string): string {
  return baseName(folderOfLink(link))
}

function targetFolders(reader: WorkspaceReader, root: string, link: string): string[] {
  const folder = folderOfLink(link)
  const bases = [parentFolder(registryPath(reader, root)), '', parentFolder(root)]
  const targets = bases.flatMap(base => resolvePath(base, folder) ?? [])
  return [...new Set(targets)].filter(dir => dir !== root && dir !== '')
}

function folderOfLink(link: string): string {
  const path = link.replace(/[#?].*$/, '').replace(/\/+$/, '')
  return /\.md$/i.test(path) ? parentFolder(path) : path
}
