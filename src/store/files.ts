import { Buffer, isUtf8 } from 'node:buffer'
import { randomBytes } from 'node:crypto'
import { constants, lstatSync, type Stats } from 'node:fs'
import path from 'node:path'
import { codeOf, disk, type FileStatus } from './disk.ts'
import { isOurs } from './own-paths.ts'
import { Outside } from './workspace.ts'

/** How the server writes files. Each function is durable when it returns; if it throws, it has changed nothing. */

/** A file is larger than what the server reads of such files. */
export class FileTooLarge extends Error {
  override name = 'FileTooLarge'
  readonly file: string

  constructor(file: string, size: number, most: number) {
    super(
      `${file} has ${megabytes(size)} MB. The server reads at most ${megabytes(most)} MB of it.`,
    )
    this.file = file
  }
}

function megabytes(bytes: number): string {
  return String(Math.ceil(bytes / 1024 / 1024))
}

/** The longest file that is read as text, in bytes. A text cannot be much longer in Node. */
export const MAX_TEXT_BYTES = 256 * 1024 * 1024

/** The longest file that is read at all, in bytes. */
export const MAX_BYTES = 2 * 1024 * 1024 * 1024 - 1

/**
 * The bytes of a regular file; `undefined` for anything else, because reading a pipe or device could block for ever. Throws
 * `FileTooLarge`.
 */
export function readBytes(file: string, most = MAX_TEXT_BYTES): Buffer | undefined {
  try {
    const look = regularFile(file)
    if (look && look.size > most) throw new FileTooLarge(file, look.size, most)
    return look && disk.read(file)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** The status of a regular file; `undefined` if there is none. */
export function fileStatus(file: string): FileStatus | undefined {
  try {
    return regularFile(file)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** A folder in the place of one of the server's own files is not the same as no file: what it held would be forgotten. */
function regularFile(file: string): FileStatus | undefined {
  const look = disk.stat(file)
  if (look?.isFolder === true && isOurs(file)) throw new Outside(file, 'has to be a file')
  return look?.isFile === true ? look : undefined
}

/** The names in one of the server's folders; empty if the folder does not exist. */
export function namesIn(folder: string): string[] {
  try {
    return disk.list(folder)
  } catch (error) {
    // A folder that cannot be read must not look empty.
    if (codeOf(error) === 'ENOENT') return []
    if (codeOf(error) === 'ENOTDIR' && isOurs(folder))
      throw new Outside(folder, 'has to be a folder')
    throw error
  }
}

/**
 * Decodes a user's text file so that `encodeText` restores the same bytes: UTF-8 if it is valid UTF-8, otherwise one character per
 * byte. The byte order mark stays in the text.
 */
export function decodeText(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString('utf8') : bytes.toString('latin1')
}

/** The bytes of a text in the encoding that `like` was read in. */
export function encodeText(text: string, like: Buffer): Buffer {
  return Buffer.from(text, isUtf8(like) ? 'utf8' : 'latin1')
}

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

/** Random bytes that no name has yet. To ask for a few takes as long as to ask for many. */
let pool = Buffer.alloc(0)

/** The status of a path, of a link itself; `undefined` if there is nothing, also because a name before it is a file. */
export function linkStatOf(place: string): Stats | undefined {
  try {
    return lstatSync(place, { throwIfNoEntry: false })
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Whether the error means that the file does not exist. */
export function isMissing(error: unknown): boolean {
  const code = codeOf(error)
  return code !== undefined && ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes(code)
}
