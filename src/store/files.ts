import { Buffer, isUtf8 } from 'node:buffer'
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'

/** The only door through which the server writes. Everything here is durable when it returns, or throws and has changed nothing. */

/** Somebody saved the file between reading and writing. */
export class Conflict extends Error {
  override name = 'Conflict'
}

/** The bytes of a file, `undefined` when there is no such file. A folder, a pipe or a device is none: reading could last for ever. */
export function readBytes(file: string): Buffer | undefined {
  try {
    return statSync(file).isFile() ? readFileSync(file) : undefined
  } catch (error) {
    if (isMissing(error)) return undefined
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

/** Replaces a file whose bytes are still `before` (`undefined`: it does not exist) by `after`; throws `Conflict` otherwise. */
export function replaceFile(file: string, before: Buffer | undefined, after: Buffer): void {
  // A link is kept: what it points to is replaced.
  const target = before ? realpathSync.native(file) : file
  const mode = before ? statSync(target).mode & 0o7777 : 0o644
  const draft = path.join(path.dirname(target), `.${path.basename(target)}.${nonce()}.tmp`)
  try {
    writeDurably(draft, after, mode)
    const now = readBytes(target)
    if (!sameBytes(before, now)) throw new Conflict(`${file} was saved by somebody else.`)
    renameSync(draft, target)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
  syncFolder(path.dirname(target))
}

/** Takes away what a process left behind that was killed while it replaced a file. Call it under the lock. */
export function sweepDrafts(file: string): void {
  const folder = path.dirname(file)
  const mine = `.${path.basename(file)}.`
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(mine) || !/^[0-9a-f]{12}\.tmp$/.test(name.slice(mine.length))) continue
    rmSync(path.join(folder, name), { force: true })
  }
}

/** Replaces or creates a file of our own. */
export function writeFile(file: string, content: string | Buffer): void {
  mkdirSync(path.dirname(file), { recursive: true })
  const draft = `${file}.${nonce()}.tmp`
  try {
    writeDurably(draft, Buffer.from(content), 0o600)
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
  syncFolder(path.dirname(file))
}

/** As `writeFile`, for what nobody misses after a power cut: whole to every reader, and the disk is not waited for. */
export function writeHint(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true })
  const draft = `${file}.${nonce()}.tmp`
  try {
    writeFileSync(draft, text, { flag: 'wx', mode: 0o600 })
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** Creates a file of our own unless it is there. */
export function ensureFile(file: string, text: string): void {
  if (readBytes(file) === undefined) writeFile(file, text)
}

/** Appends whole lines; when the disk refuses, the file has the length that it had before. */
export function appendLines(file: string, lines: readonly string[]): void {
  mkdirSync(path.dirname(file), { recursive: true })
  const handle = openSync(file, 'a', 0o644)
  const before = fstatSync(handle).size
  try {
    writeFully(handle, Buffer.from(lines.map(line => `${line}\n`).join('')))
    fsyncSync(handle)
  } catch (error) {
    ftruncateSync(handle, before)
    throw error
  } finally {
    closeSync(handle)
  }
  if (before === 0) syncFolder(path.dirname(file))
}

/** Cuts a file of our own to a length. */
export function truncateFile(file: string, length: number): void {
  const handle = openSync(file, 'r+')
  try {
    ftruncateSync(handle, length)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Removes a file of our own, if it is there. */
export function removeFile(file: string): void {
  rmSync(file, { force: true })
}

function writeDurably(file: string, bytes: Buffer, mode: number): void {
  const handle = openSync(file, 'wx', mode)
  try {
    writeFully(handle, bytes)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function writeFully(handle: number, bytes: Buffer): void {
  let written = 0
  while (written < bytes.length) written += writeSync(handle, bytes, written)
}

/** A renamed file survives a power cut only when its folder is on disk too; Windows cannot do that and need not. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function sameBytes(a: Buffer | undefined, b: Buffer | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a.equals(b)
}

function isMissing(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error)) return false
  return ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].some(code => code === error.code)
}

function nonce(): string {
  return randomBytes(6).toString('hex')
}
