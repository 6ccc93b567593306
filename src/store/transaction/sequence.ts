import { constants } from 'node:fs'
import path from 'node:path'
import { isAbandoned } from '../abandoned.ts'
import { codeOf, disk } from '../disk.ts'
import { makeFolder, namesIn, nonce, readBytes, syncFolder, writeNew } from '../files.ts'

/** Somebody else has decided in the meantime. Nothing was written; read again what was decided by, and decide anew. */
export class Overtaken extends Error {
  override name = 'Overtaken'
}

/**
 * Records with numbers in a folder, each put by giving a finished file the next free name. The file system lets one do
 * that (`link` fails where the name is taken), so whoever has read up to `n` and puts `n + 1` knows that nothing came in
 * between, however long it slept.
 */
export interface Sequence {
  /** The highest number; 0 before the first record. */
  last: number
  /** Numbers of the records that are there and not settled, ascending. */
  pending: number[]
}

/** What is in the folder. */
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

/** A record's text, `undefined` when it is no longer kept. */
export function readRecord(folder: string, number: number): string | undefined {
  return readBytes(placeOf(folder, number))?.toString('utf8')
}

/** Holds others off, or finds that it cannot, around what links a draft to its number. */
export type Fence = (draft: string, put: () => void) => void

/**
 * Puts a record at a number, durably; throws `Overtaken` where that is taken, or where somebody took the draft away, which
 * is how others are kept from it.
 */
export function putRecord(
  folder: string,
  number: number,
  text: string,
  fence: Fence = (_draft, put) => put(),
): void {
  makeFolder(folder)
  const draft = path.join(folder, `${nonce()}.draft`)
  try {
    writeNew(draft, Buffer.from(text), 0o600)
    fence(draft, () => linkDraft(folder, draft, number))
  } finally {
    disk.remove(draft)
  }
  refuseForgotten(folder, number)
  syncFolder(folder)
}

function linkDraft(folder: string, draft: string, number: number): void {
  try {
    disk.link(draft, placeOf(folder, number))
  } catch (error) {
    if (['EEXIST', 'ENOENT'].includes(codeOf(error) ?? '')) throw overtaken(folder, number)
    throw error
  }
}

/** A number whose record was taken away long ago is free again: a sleeper that finds it so comes too late all the same. */
function refuseForgotten(folder: string, number: number): void {
  if (number > namesOf(folder).floor) return
  disk.remove(placeOf(folder, number))
  throw overtaken(folder, number)
}

/**
 * Notes that all of a record's consequences are on the disk. The note itself need not survive a power cut: they would
 * be written once more, and nothing would change.
 */
export function settleRecord(folder: string, number: number): void {
  try {
    disk.close(disk.open(`${placeOf(folder, number)}.settled`, CREATE, 0o600))
  } catch (error) {
    // Forgotten long ago, with its folder.
    if (codeOf(error) !== 'ENOENT') throw error
  }
}

/** Forgets records that nobody can need any more: old ones that are settled. Call it under the lock. */
export function forgetRecords(folder: string): void {
  const { floor, numbers, settled, names } = namesOf(folder)
  const last = numbers.at(-1) ?? 0
  const needed = numbers.find(number => !settled.has(number)) ?? last
  const next = Math.max(last - MOST, Math.min(last - KEPT, needed - 1))
  if (next < floor + BATCH) return
  disk.close(disk.open(path.join(folder, `${next}.floor`), CREATE, 0o600))
  syncFolder(folder)
  for (const name of names) {
    const [number = '', what] = name.split('.')
    if (!OWN_NAME.test(name)) continue
    const isOver = what === 'draft' ? isAbandoned(path.join(folder, name)) : Number(number) <= next
    if (isOver) disk.remove(path.join(folder, name))
  }
}

/** So many records stay behind the last one; and with some that are never settled, no more than that. */
const KEPT = 32
const MOST = 1024
/** They are taken away in heaps, not one by one. */
const BATCH = 32

/** A name that a repository made a pipe must not keep the writer waiting. */
const CREATE = constants.O_WRONLY | constants.O_CREAT | (constants.O_NONBLOCK ?? 0)

/** Names that this file gives; any other file in the folder is left alone. */
const OWN_NAME = /^(\d{1,12}(\.(settled|floor))?|[0-9a-f]{12}\.draft)$/

interface Names {
  names: string[]
  /** Records up to this number are forgotten; what still lies there has no meaning. */
  floor: number
  numbers: number[]
  settled: ReadonlySet<number>
}

function namesOf(folder: string): Names {
  const names = namesIn(folder)
  const floor = Math.max(0, ...numbersWith(names, /^(\d{1,12})\.floor$/))
  const numbers = numbersWith(names, /^(\d{1,12})$/).filter(number => number > floor)
  const settled = new Set(numbersWith(names, /^(\d{1,12})\.settled$/))
  return { names, floor, numbers: numbers.sort((a, b) => a - b), settled }
}

function numbersWith(names: readonly string[], form: RegExp): number[] {
  return names.flatMap(name => {
    const [, number] = form.exec(name) ?? []
    return number === undefined ? [] : [Number(number)]
  })
}

function placeOf(folder: string, number: number): string {
  return path.join(folder, String(number))
}

function overtaken(folder: string, number: number): Overtaken {
  return new Overtaken(`${path.join(folder, String(number))} was taken by another process.`)
}
