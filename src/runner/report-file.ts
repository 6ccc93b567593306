import { closeSync, constants, existsSync, fstatSync, openSync, readSync } from 'node:fs'

/** The beginning of a report; empty if there is none. */
export function readReport(file: string): string {
  if (!existsSync(file)) return ''
  // A test can replace the report by a named pipe. Without this flag, opening it would block until somebody writes to it.
  const handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const buffer = Buffer.alloc(Math.min(fstatSync(handle).size, MAX_BYTES))
    return buffer.toString('utf8', 0, readSync(handle, buffer, 0, buffer.length, 0))
  } finally {
    closeSync(handle)
  }
}

const MAX_BYTES = 64 * 1024 * 1024
