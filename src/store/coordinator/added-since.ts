import type { Added, Coordinator } from './coordinator.ts'
import { isLast, type Known } from './known-lines.ts'

/** What the store has of a feature beyond what is known. `from`: what it continues; `undefined` if it was read from the start. */
export async function addedSince(
  remote: Coordinator,
  feature: string,
  known: Known | undefined,
): Promise<Added & { from: Known | undefined }> {
  const continued = known && (await continuationOf(remote, feature, known))
  if (continued) return { ...continued, from: known }
  return { ...(await remote.readSince(feature, 0)), from: undefined }
}

/**
 * What the store has from the latest known commit on; `undefined` if it has another one in its place. Then it was restored from an older
 * copy, and other clones may have added to that.
 */
async function continuationOf(
  remote: Coordinator,
  feature: string,
  known: Known,
): Promise<Added | undefined> {
  const { version } = known
  if (version === 0) return undefined
  const added = await remote.readSince(feature, version - 1)
  return added.commits.some(commit => isLast(known, commit)) ? added : undefined
}
