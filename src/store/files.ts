import { Buffer, isUtf8 } from 'node:buffer'
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import path from 'node:path'
import { codeOf, disk, type FileStatus } from './disk.ts'

/** The door through which the server writes. Everything here is durable when it returns, or throws and has changed nothing. */

/** The bytes of a file, `undefined` when there is no such file. A folder, a pipe or a device is none: reading could last for ever. */
export function readBytes(file: string): Buffer | undefined {
  try {
    return disk.look(file)?.isFile ? disk.read(file) : undefined
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** What the file system says of a file, `undefined` when there is no such file. */
export function fileStatus(file: string): FileStatus | undefined {
  try {
    const look = disk.look(file)
    return look?.isFile ? look : undefined
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** The names in a folder of ours; none when there is no such folder. */
export function namesIn(folder: string): string[] {
  try {
    return disk.list(folder)
  } catch (error) {
    // What cannot be read is not empty.
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}

/**
 * A user's text file as characters, so that `encodeText` gives the same bytes back: UTF-8 where it is that, else one
 * character a byte. The byte order mark stays in the text.
 */
export function decodeText(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString('utf8') : bytes.toString('latin1')
}

/** The bytes of a text in the encoding that `like` was read in. */
export function encodeText(text: string, like: Buffer): Buffer {
  return Buffer.from(text, isUtf8(like) ? 'utf8' : 'latin1')
}

/** Replaces or creates a file of our own. */
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

/** As `writeFile`, for what nobody misses after a power cut: whole to every reader, and the disk is not waited for. */
export function writeHint(file: string, text: string): void {
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

/** Removes a file of our own, if it is there. */
export function removeFile(file: string): void {
  disk.remove(file)
}

/** Creates a file that must not be there yet; its name is durable once its folder is. */
export function writeNew(file: string, bytes: Buffer, mode: number): void {
  writeDraft(file, bytes, mode, handle => disk.sync(handle))
}

function writeDraft(
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

/** Writes all bytes at a place of an open file. */
export function writeFully(handle: number, bytes: Buffer, position: number): void {
  for (let written = 0; written < bytes.length;) {
    written += disk.writeAt(handle, bytes.subarray(written), position + written)
  }
}

/**
 * Creates a folder and those above it, so that they survive a power cut. One that is there may be of a process that was
 * killed before its name was on the disk: so each process makes sure once.
 */
export function makeFolder(folder: string, levels = OUR_LEVELS): void {
  const isThere = disk.look(folder)?.isFolder ?? false
  if (isThere && (levels === 0 || SURE.has(folder))) return
  const above = path.dirname(folder)
  if (above === folder) return
  makeFolder(above, Math.max(0, levels - 1))
  if (!isThere) disk.makeFolder(folder)
  syncFolder(above)
  SURE.add(folder)
}

/** As a new process begins: sure of nothing. */
export function forgetFolders(): void {
  SURE.clear()
}

const SURE = new Set<string>()

/** From a feature's folder up to the workspace. */
const OUR_LEVELS = 4

/** A renamed file survives a power cut only when its folder is on disk too; Windows cannot do that and need not. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = disk.open(folder, constants.O_RDONLY)
  try {
    disk.sync(handle)
  } finally {
    disk.close(handle)
  }
}

/** A name that nobody else has. */
export function nonce(): string {
  return randomBytes(6).toString('hex')
}

/** Is there no such file? */
export function isMissing(error: unknown): boolean {
  const code = codeOf(error)
  return code !== undefined && ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes(code)
}
