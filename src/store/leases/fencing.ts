import { constants } from 'node:fs'
import path from 'node:path'
import { sha256 } from '../../evidence/chain.ts'
import { leasesFolder, leasesSince, type LeaseEntry, type LeaseTable } from './lease-table.ts'
import { isStaleFile } from '../stale-file.ts'
import { disk } from '../disk.ts'
import { makeFolder, nonce, writeFully } from '../files.ts'
import { namesIn, readBytes } from '../read-file.ts'
import type { Holder } from './holder.ts'
import type { State } from '../state.ts'
import { Overtaken } from '../transaction/sequence.ts'

/**
 * Leases have one sequence for all worktrees, and decisions have one per worktree, so a single `link` cannot check both. The draft of a
 * decision joins them, because nothing can be linked without it. A process that decides notes the path of its draft in the leases'
 * folder and only then checks that it still holds the task. A process that takes a task over writes its lease to disk before it
 * removes the drafts of all others. So either the first sees the new lease or the second finds the draft, however long either of
 * them is suspended.
 */

/** A decision about a task, based on the leases that were read. */
export interface FencedDecision {
  feature: string
  task: string
  by: Holder
  table: LeaseTable
}

/** Calls `put` to link the draft unless another process has taken the task; then it throws `Overtaken`. */
export function withFence(
  state: State,
  { feature, task, by, table }: FencedDecision,
  draft: string,
  put: () => void,
): void {
  const folder = leasesFolder(state)
  const intent = path.join(
    folder,
    `${shortHash(feature, task)}-${shortHash(by.id)}-${nonce()}${INTENT_SUFFIX}`,
  )
  try {
    writeIntent(intent, draft)
    const between = leasesSince(state, table, feature, task)
    const isOthers = ({ holder, releasedBy }: LeaseEntry) =>
      holder.id !== by.id || releasedBy !== undefined
    if (!between || between.some(isOthers))
      throw new Overtaken(`${task} of ${feature} was taken by another process.`)
    put()
  } finally {
    disk.remove(intent)
  }
}

/** Removes the drafts of other processes about a task. Call it after the lease is on disk and before it is reported. */
export function revokeDrafts(
  state: State,
  { feature, task, by }: Pick<FencedDecision, 'feature' | 'task' | 'by'>,
): void {
  const folder = leasesFolder(state)
  const [ours, mine] = [shortHash(feature, task), shortHash(by.id)]
  for (const name of namesIn(folder).filter(name => name.endsWith(INTENT_SUFFIX))) {
    const intent = path.join(folder, name)
    const [about, whose] = name.split('-')
    if (about === ours && whose !== mine) revoke(intent)
    // If its process was only suspended, it finds its draft gone and decides again.
    if (about !== ours && isStaleFile(intent)) sweep(intent)
  }
}

/** An incomplete intent belongs to a process that reads the leases later and finds this one. */
function revoke(intent: string): void {
  const draft = draftIn(intent)
  if (draft !== undefined) disk.remove(draft)
  disk.remove(intent)
}

/** An incomplete intent about another task stays: a process that takes that task may still need it. */
function sweep(intent: string): void {
  if (draftIn(intent) !== undefined) revoke(intent)
}

function draftIn(intent: string): string | undefined {
  const draft = readBytes(intent)?.toString('utf8') ?? ''
  return DRAFT.test(draft) ? draft : undefined
}

/** Only live processes need this note; it need not survive power loss, so it is not synced. */
function writeIntent(intent: string, draft: string): void {
  makeFolder(path.dirname(intent))
  const { O_WRONLY, O_CREAT, O_EXCL } = constants
  const handle = disk.open(intent, O_WRONLY | O_CREAT | O_EXCL, 0o600)
  try {
    writeFully(handle, Buffer.from(draft), 0)
  } finally {
    disk.close(handle)
  }
}

function shortHash(...parts: string[]): string {
  return sha256(parts.join('\n')).slice(0, 12)
}

const INTENT_SUFFIX = '.intent'

/** Only files that can be drafts of the server are removed, whatever an intent contains. */
const DRAFT = /[\\/]\.redgreen[\\/]local[\\/]commits[\\/][^\\/\n]+[\\/][0-9a-f]{12}\.draft$/
