import { Buffer } from 'node:buffer'
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import path from 'node:path'
import { disk } from './disk.ts'
import { fileStatus } from './read-file.ts'

/** How the server writes files. Each function is durable when it returns; if it throws, it has changed nothing. */

/** Replaces or creates one of the server's files. */
export function writeFile(file: string, content: string | Buffer): void {
  makeFolder(path.dirname(file))
  const draft = `${file}.${nonce()}.tmp`
  try {
    writeNew(draft, Buffer.from(content), 0o600)
    disk.rename(draft, file)
  } catch (error) {
    disk.remove(draft)
    throw error
  }
  syncFolder(path.dirname(file))
}

/** Like `writeFile`, but not synced: readers see the whole file, and it may be lost after a power failure. */
export function writeUnsynced(file: string, text: string): void {
  disk.makeFolder(path.dirname(file))
  const draft = `${file}.${nonce()}.tmp`
  try {
    writeDraft(draft, Buffer.from(text), 0o600, () => undefined)
    disk.rename(draft, file)
  } catch (error) {
    disk.remove(draft)
    throw error
  }
}

/**
 * Writes over one of the server's files, for a note of a few lines that nothing relies on: readers may see a part of it, and after it what
 * is left of a longer one. A new file takes thirty times as long.
 */
export function rewriteNote(file: string, text: string): void {
  const handle = openOwn(file)
  if (handle === undefined) return writeUnsynced(file, text)
  try {
    writeFully(handle, Buffer.from(text), 0)
  } finally {
    disk.close(handle)
  }
}

/** An existing file without another name, which could be outside of the project. */
function openOwn(file: string): number | undefined {
  const { O_RDWR, O_NOFOLLOW } = constants
  if (fileStatus(file)?.links !== 1) return undefined
  const handle = disk.open(file, O_RDWR | O_NOFOLLOW | (constants.O_NONBLOCK ?? 0))
  const { isFile, links } = disk.statOpen(handle)
  if (isFile && links === 1) return handle
  disk.close(handle)
  return undefined
}

/** Removes one of the server's files, if it exists. */
export function removeFile(file: string): void {
  disk.remove(file)
}

/** Creates a file that must not exist yet. Its name is durable after its folder was synced. */
export function writeNew(file: string, bytes: Buffer, mode: number): void {
  writeDraft(file, bytes, mode, handle => disk.sync(handle))
}

/** Creates a file that must not exist yet; `finish` may sync it. */
export function writeDraft(
  file: string,
  bytes: Buffer,
  mode: number,
  finish: (handle: number) => void,
): void {
  const { O_WRONLY, O_CREAT, O_EXCL } = constants
  const handle = disk.open(file, O_WRONLY | O_CREAT | O_EXCL, mode)
  try {
    writeFully(handle, bytes, 0)
    finish(handle)
  } finally {
    disk.close(handle)
  }
}

/** Writes all bytes at a position of an open file. */
export function writeFully(handle: number, bytes: Buffer, position: number): void {
  for (let written = 0; written < bytes.length;) {
    written += disk.writeAt(handle, bytes.subarray(written), position + written)
  }
}

/**
 * Creates a folder and its parents durably. An existing folder may come from a process that was killed before it synced the folder's
 * name, so each process syncs it once.
 */
export function makeFolder(folder: string, levels = OUR_LEVELS): void {
  const isThere = disk.stat(folder)?.isFolder ?? false
  if (isThere && (levels === 0 || SURE.has(folder))) return
  const above = path.dirname(folder)
  if (above === folder) return
  makeFolder(above, Math.max(0, levels - 1))
  if (!isThere) disk.makeFolder(folder)
  syncFolder(above)
  SURE.add(folder)
}

/** Forgets which folders are durable, as at the start of a process. */
export function clearFolderCache(): void {
  SURE.clear()
}

const SURE = new Set<string>()

/** The number of levels from a feature's folder up to the workspace. */
const OUR_LEVELS = 4

/** A rename is durable only after its folder was synced. Windows neither supports nor needs this. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = disk.open(folder, constants.O_RDONLY)
  try {
    disk.sync(handle)
  } finally {
    disk.close(handle)
  }
}

/** A random name. */
export function nonce(): string {
  if (pool.length < NONCE_BYTES) pool = randomBytes(100 * NONCE_BYTES)
  const own = pool.subarray(0, NONCE_BYTES)
  pool = pool.subarray(NONCE_BYTES)
  return own.toString('hex')
}

const NONCE_BYTES = 6

/** Random bytes for the next names. Many are requested at once, because a request for a few takes as long. */
let pool = Buffer.alloc(0)
