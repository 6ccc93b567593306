import { constants } from 'node:fs'
import path from 'node:path'
import { codeOf, disk } from './disk.ts'
import { readBytes, writeFully } from './files.ts'

/**
 * Writes a reference of git durably, as a file of its own. Returns `false` without a change if git or another process is writing it, or if
 * something else has its place.
 */
export function writeReference(common: string, name: string, id: string): boolean {
  const file = path.join(common, name)
  const text = `${id}\n`
  if (readBytes(file)?.toString('utf8') === text) return true
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
