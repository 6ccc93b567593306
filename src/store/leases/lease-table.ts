import path from 'node:path'
import * as z from 'zod'
import { holder } from './holder.ts'
import { parseJson } from '../json.ts'
import type { State } from '../state.ts'
import {
  forgetRecords,
  putRecord,
  readRecord,
  readSequence,
  settleRecord,
} from '../transaction/sequence.ts'

/** The claims as they lie on the disk: records in a sequence, each with all claims of the clone. */

const claim = z.object({
  holder,
  since: z.string(),
  until: z.string(),
  /** The same by the clock of the holder's machine, which nobody sets. */
  machine: z.object({ id: z.string(), until: z.number() }).optional(),
  /** Number of the record that gave the task to this holder: a later holder's is higher. */
  token: z.number(),
  /** The files that the task names: nobody else starts a task that names one of them. */
  files: z.array(z.string()),
  /** It was taken over from somebody, who may still come with a result. */
  takenOver: z.literal(true).optional(),
  /** It was given back, and stands here for such a latecomer alone. */
  left: z.literal(true).optional(),
})
export type LeaseEntry = z.infer<typeof claim>

const record = z.object({ format: z.literal(1), claims: z.record(z.string(), claim) })

/** All claims of a clone, whatever the worktree and the feature, as they stood at one moment. */
export interface LeaseTable {
  /** Number of the record; what is decided by it holds only as long as there is no later one. */
  number: number
  /** By feature and task; those that bind nobody any more among them. */
  claims: Record<string, LeaseEntry>
}

/** The claims as they stand. */
export function readLeases(state: State): LeaseTable {
  const folder = leasesFolder(state)
  const { last } = readSequence(folder)
  // A book that a power cut left unreadable holds nobody: no holder has survived it.
  return { number: last, claims: leasesAt(folder, last) ?? {} }
}

/** What was claimed of a task after `book` was read, also by those who have given it back; `undefined` when nobody knows any more. */
export function leasesSince(
  state: State,
  book: LeaseTable,
  feature: string,
  task: string,
): LeaseEntry[] | undefined {
  const folder = leasesFolder(state)
  const key = keyOf(feature, task)
  const found: LeaseEntry[] = []
  for (let number = book.number + 1; number <= readSequence(folder).last; number += 1) {
    const claims = leasesAt(folder, number)
    if (!claims) return undefined
    const one = claims[key]
    if (one && one.token !== book.claims[key]?.token) found.push(one)
  }
  return found
}

function leasesAt(folder: string, number: number): LeaseTable['claims'] | undefined {
  const text = number > 0 ? readRecord(folder, number) : undefined
  return text === undefined ? undefined : record.safeParse(parseJson(text)).data?.claims
}

/** Puts the next state of the book; throws `Overtaken` where somebody else has put it. */
export function writeLeases(
  state: State,
  number: number,
  claims: LeaseTable['claims'],
): LeaseTable {
  const folder = leasesFolder(state)
  putRecord(folder, number, `${JSON.stringify({ format: 1, claims })}\n`)
  settleRecord(folder, number)
  forgetRecords(folder)
  return { number, claims }
}

/** Where the claims of a clone are kept, absolute. */
export function leasesFolder(state: State): string {
  return path.join(state.shared, 'claims')
}

/** A feature's id is a name of a folder or a file; a task's has no line end either. */
export function keyOf(feature: string, task: string): string {
  return `${feature}\n${task}`
}

/** The feature of a key. */
export function featureInKey(key: string): string {
  return key.split('\n', 1)[0] ?? ''
}

/** The task of a key. */
export function taskInKey(key: string): string {
  return key.slice(key.indexOf('\n') + 1)
}
