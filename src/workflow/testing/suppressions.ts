import { sha256 } from '../../evidence/chain.ts'
import type { CheckConfiguration } from '../../evidence/check-configuration.ts'
import { isCode } from '../../plan/file-role.ts'
import { addedSuppressions, type Suppression } from '../../runner/suppressions.ts'
import { changedPaths, type Tree } from '../../store/tree.ts'
import { readWorkspaceFile } from '../../store/workspace-file.ts'
import type { Context } from '../context/context.ts'
import { textInSnapshot, type SinceStart, type StoredSnapshot } from './snapshots.ts'

/**
 * Comments that switch a check off and that the feature added, as part of the check configuration: a hash for each file and marker,
 * such as `src/a.ts#eslint-disable`.
 */
export async function suppressionHashes(
  context: Context,
  { start, before, now: tree }: SinceStart,
): Promise<CheckConfiguration> {
  const found: Record<string, string> = {}
  for (const file of changedPaths(before, tree)) {
    if (tree.files[file] === undefined || !isCode(file)) continue
    for (const [marker, texts] of byMarker(await addedTo(context, file, tree, before, start)))
      found[`${file}#${marker}`] = sha256(texts.join('\n')).slice(0, 32)
  }
  return found
}

/** What a file has now and did not have at the start of the feature. */
async function addedTo(
  context: Context,
  file: string,
  tree: Tree,
  before: Tree,
  start: StoredSnapshot,
): Promise<readonly Suppression[]> {
  const key = [context.workspace.root, start.snapshot, file, tree.files[file]].join('\n')
  const known = cache.get(key)
  if (known) return known
  const bytes = readWorkspaceFile(context.workspace, file, MAX_BYTES)
  const text = typeof bytes === 'object' ? bytes.toString('utf8') : ''
  const all = addedSuppressions(text, '')
  const wasThere = all.length > 0 && before.files[file] !== undefined
  const earlier = wasThere ? await textInSnapshot(context, start, file) : ''
  // If git does not have the earlier text, nobody knows what is new.
  const added = earlier === undefined ? [] : addedSuppressions(text, earlier)
  if (cache.size >= CACHE_SIZE) cache.clear()
  cache.set(key, added)
  return added
}

function byMarker(added: readonly Suppression[]): Map<string, string[]> {
  const texts = new Map<string, string[]>()
  for (const { marker, text } of added) texts.set(marker, [...(texts.get(marker) ?? []), text])
  return texts
}

/** A larger file is assumed to be generated. */
const MAX_BYTES = 1024 * 1024

/** Files of the same content have the same suppressions. */
const cache = new Map<string, readonly Suppression[]>()

const CACHE_SIZE = 20_000
