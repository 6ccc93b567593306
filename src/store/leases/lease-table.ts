import path from 'node:path'
import * as z from 'zod'
import { holder, type Holder } from './holder.ts'
import { parseJson } from '../../plan/parse-json.ts'
import { verifiedText, withSeal } from '../secret.ts'
import type { State } from '../state.ts'
import {
  pruneRecords,
  addRecord,
  readRecord,
  recordNumbers,
  readSequence,
  settleRecord,
} from '../transaction/sequence.ts'

/** The leases on disk: a sequence of records, each with all leases of the clone. */

/** A lease as it is stored. */
export const lease = z.object({
  holder,
  since: z.string(),
  until: z.string(),
  /** The expiry by the uptime of the holder's machine. */
  machine: z.object({ id: z.string(), until: z.number() }).optional(),
  /** Number of the record that gave the task to this holder. A later holder has a higher one. */
  token: z.number(),
  /** The files that the task names. Nobody else starts a task that names one of them. */
  files: z.array(z.string()),
  /** When the holder last worked on the task. Leases of older versions lack it. */
  active: z.string().optional(),
  /** It was taken over from a holder that may still deliver a result. */
  takenOver: z.literal(true).optional(),
  /** Its holder is gone, as if its process had ended: the session of a server that continues. The holder can take the task again. */
  ended: z.literal(true).optional(),
  /** It was released, and stays only because of such a late result. */
  released: z.literal(true).optional(),
  /** The human who released it. Nobody works on the task until it is started again. */
  releasedBy: z.string().optional(),
})
export type LeaseEntry = z.infer<typeof lease>

const record = z.object({ format: z.literal(1), leases: z.record(z.string(), lease) })

/** All leases of a clone, of every worktree and feature, at one moment. */
export interface LeaseTable {
  /** Number of the record. A decision based on it is valid only while there is no later one. */
  number: number
  /** By feature and task, including leases that are no longer valid. */
  leases: Leases
}

type Leases = Readonly<Record<string, LeaseEntry>>

/** The current leases. */
export function readLeases(state: State): LeaseTable {
  const folder = leasesFolder(state)
  const { last } = readSequence(folder)
  return { number: last, leases: latestReadable(state, last) ?? {} }
}

/** A power failure can leave a release unreadable, which is not synced. Then the leases before it count. */
function latestReadable(state: State, last: number): LeaseTable['leases'] | undefined {
  const known = leasesAt(state, last)
  if (known || last === 0) return known
  const earlier = recordNumbers(leasesFolder(state)).filter(number => number < last)
  for (const number of earlier.toReversed()) {
    const leases = leasesAt(state, number)
    if (leases) return leases
  }
  return undefined
}

/** Who held a task lately: the holders in every record that is still kept, oldest first. */
export function recentHolders(state: State): Holder[] {
  return recordNumbers(leasesFolder(state)).flatMap(number =>
    Object.values(leasesAt(state, number) ?? {}).map(one => one.holder),
  )
}

/** The leases on a task since `table` was read, including released ones; `undefined` if the records are gone. */
export function leasesSince(
  state: State,
  table: LeaseTable,
  feature: string,
  task: string,
): LeaseEntry[] | undefined {
  const folder = leasesFolder(state)
  const key = leaseKey(feature, task)
  const found: LeaseEntry[] = []
  for (let number = table.number + 1; number <= readSequence(folder).last; number += 1) {
    const leases = leasesAt(state, number)
    if (!leases) return undefined
    const one = leases[key]
    if (one && one.token !== table.leases[key]?.token) found.push(one)
  }
  return found
}

/** Without git, a repository can ship files in this folder. A record without the seal of this user holds nothing. */
function leasesAt(state: State, number: number): LeaseTable['leases'] | undefined {
  const folder = leasesFolder(state)
  const found = number > 0 ? readRecord(folder, number) : undefined
  if (found === undefined) return undefined
  const known = CHECKED.get(folder)
  if (known?.number === number && known.record === found) return known.leases
  const text = verifiedText(state, sealContext(number), found)
  const leases = text === undefined ? undefined : frozen(text)
  if (leases) CHECKED.set(folder, { number, record: found, leases })
  return leases
}

/** The latest record of each folder whose seal and form were checked. A step reads the same one several times. */
const CHECKED = new Map<string, { number: number; record: string; leases: Leases }>()

function frozen(text: string): Leases | undefined {
  const leases = record.safeParse(parseJson(text)).data?.leases
  return leases && Object.freeze(leases)
}

function sealContext(number: number): string {
  return `leases\0${number}`
}

/** Writes the next state of the table; throws `Overtaken` if another process wrote it first. */
export function writeLeases(
  state: State,
  number: number,
  leases: LeaseTable['leases'],
  { isSynced = true } = {},
): LeaseTable {
  const folder = leasesFolder(state)
  const text = JSON.stringify({ format: 1, leases })
  addRecord(folder, number, withSeal(state, sealContext(number), text), { isSynced })
  settleRecord(folder, number)
  pruneRecords(folder)
  return { number, leases }
}

/** Absolute path of the leases of a clone. */
export function leasesFolder(state: State): string {
  return path.join(state.shared, 'leases')
}

/** Neither a feature's key nor a task's id contains a line end. */
export function leaseKey(feature: string, task: string): string {
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
