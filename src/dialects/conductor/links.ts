import type { Candidate, WorkspaceReader } from '../dialect.ts'
import { candidateIn, parentFolder, baseName, resolvePath } from './paths.ts'
import type { Track } from './track.ts'
import { collectionsOf, registryPath } from './roots.ts'

/**
 * Finds the folder of a track's plan: the target of a link, relative to the registry, the workspace or the project; else the
 * folder with the track's name; else the folder where it is expected.
 */
export function trackCandidates(
  reader: WorkspaceReader,
  root: string,
  plans: readonly Candidate[],
): (track: Track) => Candidate {
  // Looked up once, since a registry may have thousands of entries.
  const bases = [parentFolder(registryPath(reader, root)), '', parentFolder(root)]
  const [collection = `${root}/tracks`] = collectionsOf(reader, root)
  const byId = new Map(plans.toReversed().map(plan => [plan.id, plan]))
  return ({ id, links }) => {
    const linked = links
      .flatMap(link => targetFolders(bases, root, link))
      .find(dir => reader.exists(`${dir}/plan.md`))
    if (linked !== undefined) return candidateIn(linked)
    return byId.get(id) ?? candidateIn(`${collection}/${id}`)
  }
}

/** The name of the folder that a link points to. */
export function folderNameOfLink(link: string): string {
  return baseName(folderOfLink(link))
}

function targetFolders(bases: readonly string[], root: string, link: string): string[] {
  const folder = folderOfLink(link)
  const targets = bases.flatMap(base => resolvePath(base, folder) ?? [])
  return [...new Set(targets)].filter(dir => dir !== root && dir !== '')
}

function folderOfLink(link: string): string {
  const path = link.replace(/[#?].*$/, '').replace(/\/+$/, '')
  return /\.md$/i.test(path) ? parentFolder(path) : path
}
