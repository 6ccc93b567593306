import { isUtf8 } from 'node:buffer'
import { lstatSync, readlinkSync } from 'node:fs'
import path from 'node:path'
import { codeOf, disk } from '../store/disk.ts'
import { makeFolder } from '../store/files.ts'
import { readBytes } from '../store/read-file.ts'
import { Conflict, replaceFile } from '../store/replace-file.ts'
import { contain, Outside } from '../store/workspace.ts'
import { Unusable } from './text/unusable.ts'

/** The text of a configuration file; `undefined` if it does not exist. Throws `Unusable` for anything that must not be replaced. */
export function readConfig(file: string): string | undefined {
  const status = lstatSync(file, { throwIfNoEntry: false })
  if (!status) return undefined
  if (status.isSymbolicLink()) {
    throw new Unusable(`it is a symbolic link to ${readlinkSync(file)}; add the entry there`)
  }
  if (status.isDirectory()) throw new Unusable('it is a folder')
  if (!status.isFile()) throw new Unusable('it is not a regular file')
  if (status.size > MAX_BYTES) throw new Unusable('it is larger than 32 MB')
  const bytes = read(file)
  if (!isUtf8(bytes)) throw new Unusable('it is not UTF-8 text')
  return bytes.toString('utf8')
}

const MAX_BYTES = 32 * 1024 * 1024

function read(file: string): Buffer {
  try {
    return readBytes(file) ?? Buffer.alloc(0)
  } catch (error) {
    throw new Unusable(`it cannot be read (${codeOf(error) ?? String(error)})`)
  }
}

/** Throws `Unusable` if a file of the project lies elsewhere, through a link of one of its folders. */
export function checkInside(root: string, file: string): void {
  const relative = path.relative(root, file)
  try {
    contain({ root: disk.real(root) }, relative)
  } catch (error) {
    if (error instanceof Outside) throw new Unusable(`it ${error.why}`)
    throw error
  }
}

/** Throws `Unusable` if the file exists and nobody may write it. The owner could replace it, but it was made read-only on purpose. */
export function checkWritable(file: string): void {
  const status = lstatSync(file, { throwIfNoEntry: false })
  if (status && (status.mode & 0o222) === 0) throw new Unusable('it is read-only')
}

/** Replaces, creates (`before` is `undefined`) or removes (`after` is `null`) a configuration file that still has the text `before`. */
export function writeConfig(file: string, before: string | undefined, after: string | null): void {
  const bytes = before === undefined ? undefined : Buffer.from(before)
  try {
    if (after === null) return remove(file, before)
    makeFolder(path.dirname(file), 0)
    replaceFile(file, bytes, Buffer.from(after))
  } catch (error) {
    if (error instanceof Conflict) throw new Unusable('another program saved it meanwhile')
    const code = codeOf(error)
    if (code === undefined) throw error
    throw new Unusable(`it cannot be written (${code})`)
  }
}

function remove(file: string, before: string | undefined): void {
  if (readConfig(file) !== before) throw new Conflict(file)
  disk.remove(file)
}
