import { constants } from 'node:fs'
import path from 'node:path'
import { codeOf, disk } from './disk.ts'
import { writeFully } from './files.ts'
import { readBytes } from './read-file.ts'

/** Does a reference, as a file of its own, name this object? It can also be in git's list of packed references. */
export function isReferenceTo(common: string, name: string, id: string): boolean {
  return readBytes(path.join(common, name))?.toString('utf8') === `${id}\n`
}

/**
 * Writes a reference of git durably, as a file of its own. Returns `false` without a change if git or another process is writing it, or if
 * something else has its place.
 */
export function writeReference(common: string, name: string, id: string): boolean {
  const file = path.join(common, name)
  const text = `${id}\n`
  if (isReferenceTo(common, name, id)) return true
  const lock = `${file}.lock`
  const { O_WRONLY, O_CREAT, O_EXCL } = constants
  let handle: number
  try {
    disk.makeFolder(path.dirname(file))
    handle = disk.open(lock, O_WRONLY | O_CREAT | O_EXCL, 0o644)
  } catch (error) {
    if (REFUSED.has(codeOf(error) ?? '')) return false
    throw error
  }
  try {
    writeFully(handle, Buffer.from(text), 0)
    disk.sync(handle)
    disk.rename(lock, file)
    return true
  } catch (error) {
    disk.remove(lock)
    if (REFUSED.has(codeOf(error) ?? '')) return false
    throw error
  } finally {
    disk.close(handle)
  }
}

/** Also `ENOENT`: git removes folders that are empty after it has packed their references. */
const REFUSED = new Set(['EEXIST', 'ENOTDIR', 'EISDIR', 'ENOTEMPTY', 'ENOENT'])
