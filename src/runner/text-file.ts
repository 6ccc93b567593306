import { readFileSync, statSync } from 'node:fs'

/**
 * The text of a file that a project is configured or tested by; empty if there is none. Only a regular file of at most `mostBytes` is
 * read, because a repository may ship a link to a device, a named pipe, or a file that fills the memory.
 */
export function textOfFile(file: string, mostBytes = MAX_BYTES): string {
  try {
    const status = statSync(file, { throwIfNoEntry: false })
    return status?.isFile() === true && status.size <= mostBytes ? readFileSync(file, 'utf8') : ''
  } catch {
    // A link to itself, or a file that belongs to somebody else.
    return ''
  }
}

/** More than any manifest, build script or file of tests that was written by hand. */
const MAX_BYTES = 8 * 1024 * 1024
