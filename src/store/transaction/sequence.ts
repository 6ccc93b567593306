import { constants } from 'node:fs'
import path from 'node:path'
import { isStaleFile } from '../stale-file.ts'
import { codeOf, disk } from '../disk.ts'
import { makeFolder, nonce, syncFolder, writeDraft } from '../files.ts'
import { namesIn, readBytes } from '../read-file.ts'
import { Outside } from '../workspace.ts'

/** Another process decided first. Nothing was written. Read the state again and repeat the decision. */
export class Overtaken extends Error {
  override name = 'Overtaken'
}

/**
 * Numbered records in a folder. A record is added by linking a finished file to the next free number. The file system lets only one
 * process do that (`link` fails if the name exists). So a process that has read up to `n` and adds `n + 1` knows that nothing came in
 * between, however long it was suspended.
 */
export interface Sequence {
  /** The highest number; 0 before the first record. */
  last: number
  /** Numbers of the records that are not settled, ascending. */
  pending: number[]
}

/** The state of the folder. */
export function readSequence(folder: string): Sequence {
  const { floor, numbers, settled } = namesOf(folder)
  return {
    last: numbers.at(-1) ?? floor,
    pending: numbers.filter(number => !settled.has(number)),
  }
}

/** The numbers of all records that are still kept, ascending. */
export function recordNumbers(folder: string): number[] {
  return namesOf(folder).numbers
}

/** The text of a record; `undefined` if it is no longer kept. */
export function readRecord(folder: string, number: number): string | undefined {
  return readBytes(placeOf(folder, number))?.toString('utf8')
}

/** Runs `put`, which links a draft to its number, in a way that lets other processes revoke the draft first. */
export type Fence = (draft: string, put: () => void) => void

/**
 * Adds a record at a number, durably by default. Throws `Overtaken` if the number is taken, or if another process removed the draft to
 * prevent the record.
 */
export function addRecord(
  folder: string,
  number: number,
  text: string,
  { fence = (_draft, put) => put(), isSynced = true }: AddOptions = {},
): void {
  if (number > MAX_NUMBER)
    throw new Outside(placeOf(folder, MAX_NUMBER), 'has a number that redgreen does not reach')
  makeFolder(folder)
  const draft = path.join(folder, `${nonce()}.draft`)
  try {
    writeDraft(draft, Buffer.from(text), 0o600, handle => isSynced && disk.sync(handle))
    fence(draft, () => linkDraft(folder, draft, number))
  } finally {
    disk.remove(draft)
  }
  refusePruned(folder, number)
  if (isSynced) syncFolder(folder)
}

interface AddOptions {
  fence?: Fence | undefined
  /** If false, a power failure may lose the record or truncate it. */
  isSynced?: boolean
}

function linkDraft(folder: string, draft: string, number: number): void {
  try {
    disk.link(draft, placeOf(folder, number))
  } catch (error) {
    if (['EEXIST', 'ENOENT'].includes(codeOf(error) ?? '')) throw overtaken(folder, number)
    throw error
  }
}

/** The number of a record that was pruned is free again. A process that was suspended for so long is still too late. */
function refusePruned(folder: string, number: number): void {
  if (number > namesOf(folder).floor) return
  disk.remove(placeOf(folder, number))
  throw overtaken(folder, number)
}

/**
 * Notes that all consequences of a record are on disk. The note need not survive a power failure: they would be written again with the
 * same result.
 */
export function settleRecord(folder: string, number: number): void {
  try {
    // A second name, because a new file takes twenty times as long.
    disk.link(placeOf(folder, number), `${placeOf(folder, number)}.settled`)
  } catch (error) {
    // It is settled already, or was pruned.
    if (!['EEXIST', 'ENOENT'].includes(codeOf(error) ?? '')) throw error
  }
}

/** Removes old settled records that no process can need. Call it under the lock. */
export function pruneRecords(folder: string): void {
  const { floor, numbers, settled, names } = namesOf(folder)
  const last = numbers.at(-1) ?? 0
  const needed = numbers.find(number => !settled.has(number)) ?? last
  const next = Math.max(last - MAX_KEPT, Math.min(last - MIN_KEPT, needed - 1))
  if (next < floor + BATCH) return
  disk.close(disk.open(path.join(folder, `${next}.floor`), CREATE, 0o600))
  syncFolder(folder)
  for (const name of names) {
    const [number = '', what] = name.split('.')
    if (!OWN_NAME.test(name)) continue
    const isOver = what === 'draft' ? isStaleFile(path.join(folder, name)) : Number(number) <= next
    if (isOver) disk.remove(path.join(folder, name))
  }
}

/** How many records stay before the latest one, and how many at most if some are never settled. */
const MIN_KEPT = 32
const MAX_KEPT = 1024
/** Records are removed in batches. */
const BATCH = 32

/** A name that a repository made a pipe must not keep the writer waiting. */
const CREATE = constants.O_WRONLY | constants.O_CREAT | (constants.O_NONBLOCK ?? 0)

/** Names that this file gives; any other file in the folder is left alone. */
const OWN_NAME = /^(\d{1,9}(\.(settled|floor))?|[0-9a-f]{12}\.draft)$/

/** The largest number of nine digits. A repository can ship a record with it, so that none can follow. */
const MAX_NUMBER = 999_999_999

interface Names {
  names: string[]
  /** Records up to this number are pruned. Remaining files have no meaning. */
  floor: number
  numbers: number[]
  settled: ReadonlySet<number>
}

function namesOf(folder: string): Names {
  const names = namesIn(folder)
  const records: number[] = []
  const settled = new Set<number>()
  let floor = 0
  // A step lists the folder many times.
  for (const name of names) {
    const [, digits, what] = NUMBERED.exec(name) ?? []
    const number = Number(digits)
    if (digits === undefined) continue
    if (what === undefined) records.push(number)
    else if (what === 'settled') settled.add(number)
    else floor = Math.max(floor, number)
  }
  const numbers = records.filter(number => number > floor).sort((a, b) => a - b)
  return { names, floor, numbers, settled }
}

const NUMBERED = /^(\d{1,9})(?:\.(settled|floor))?$/

function placeOf(folder: string, number: number): string {
  return path.join(folder, String(number))
}

function overtaken(folder: string, number: number): Overtaken {
  return new Overtaken(`${path.join(folder, String(number))} was taken by another process.`)
}
