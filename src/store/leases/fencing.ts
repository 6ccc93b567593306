import { constants } from 'node:fs'
import path from 'node:path'
import { sha256 } from '../../evidence/chain.ts'
import { leasesFolder, leasesSince, type LeaseTable } from './lease-table.ts'
import { isAbandoned } from '../abandoned.ts'
import { disk } from '../disk.ts'
import { makeFolder, namesIn, nonce, readBytes, writeFully } from '../files.ts'
import type { Holder } from './holder.ts'
import type { State } from '../state.ts'
import { Overtaken } from '../transaction/sequence.ts'

/**
 * Claims are one sequence for all worktrees, and each worktree has a sequence of its own for what is decided, so one
 * `link` cannot look at both. What joins them is the draft of a decision, without which nothing can be linked: whoever
 * decides notes in the claims' folder where its draft lies, and only then looks whether the task is still its own;
 * whoever takes a task over has its claim on the disk before it takes the drafts of all others away. So either the one
 * sees the new claim, or the other finds the draft, however long either of them sleeps in between.
 */

/** A decision about a task, by the claims that were read. */
export interface FencedDecision {
  feature: string
  task: string
  by: Holder
  book: LeaseTable
}

/** Lets `put` link the draft as long as nobody else takes the task; throws `Overtaken` when somebody has. */
export function withFence(
  state: State,
  { feature, task, by, book }: FencedDecision,
  draft: string,
  put: () => void,
): void {
  const folder = leasesFolder(state)
  const note = path.join(folder, `${wordFor(feature, task)}-${wordFor(by.id)}-${nonce()}${ENDING}`)
  try {
    writeNote(note, draft)
    const between = leasesSince(state, book, feature, task)
    if (!between || between.some(({ holder }) => holder.id !== by.id))
      throw new Overtaken(`${task} of ${feature} was claimed by another process.`)
    put()
  } finally {
    disk.remove(note)
  }
}

/** Takes away what others were about to decide about a task. Call it when the claim is on the disk, and before it is told. */
export function revokeDrafts(state: State, feature: string, task: string, by: Holder): void {
  const folder = leasesFolder(state)
  const [ours, mine] = [wordFor(feature, task), wordFor(by.id)]
  for (const name of namesIn(folder).filter(name => name.endsWith(ENDING))) {
    const note = path.join(folder, name)
    const [about, whose] = name.split('-')
    if (about === ours && whose !== mine) revoke(note)
    // Where its process only sleeps, it finds its draft gone and decides again.
    if (about !== ours && isAbandoned(note)) sweep(note)
  }
}

/** A note that is not whole yet is of somebody who looks at the claims only after this, and finds ours. */
function revoke(note: string): void {
  const draft = draftIn(note)
  if (draft !== undefined) disk.remove(draft)
  disk.remove(note)
}

/** About another task, a note that is not whole has to stay: whoever takes that one may yet need to find it. */
function sweep(note: string): void {
  if (draftIn(note) !== undefined) revoke(note)
}

function draftIn(note: string): string | undefined {
  const draft = readBytes(note)?.toString('utf8') ?? ''
  return DRAFT.test(draft) ? draft : undefined
}

/** It has to be seen by those who live, and not to survive a power cut: so it is not synced. */
function writeNote(note: string, draft: string): void {
  makeFolder(path.dirname(note))
  const { O_WRONLY, O_CREAT, O_EXCL } = constants
  const handle = disk.open(note, O_WRONLY | O_CREAT | O_EXCL, 0o600)
  try {
    writeFully(handle, Buffer.from(draft), 0)
  } finally {
    disk.close(handle)
  }
}

function wordFor(...parts: string[]): string {
  return sha256(parts.join('\n')).slice(0, 12)
}

const ENDING = '.about'

/** Only what can be a draft of ours is ever taken away, whatever a note says. */
const DRAFT = /[\\/]\.redgreen[\\/]local[\\/]commits[\\/][^\\/\n]+[\\/][0-9a-f]{12}\.draft$/
