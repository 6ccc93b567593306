import path from 'node:path'
import { removeFile, writeFile } from '../files.ts'
import { fileStatus, readBytes } from '../read-file.ts'
import type { State } from '../state.ts'

/** Since when this clone cannot reach its store, for humans: the time of the first attempt that failed. It is in git's own folder. */

/** Notes that an attempt failed, and returns when the first one since the last answer did. */
export function noteOffline(state: State): string {
  const known = readBytes(fileOf(state))?.toString('utf8') ?? ''
  if (TIME.test(known)) return known
  const now = new Date().toISOString()
  writeFile(fileOf(state), now)
  return now
}

/** Removes the note, because the store answered. */
export function noteReached(state: State): void {
  if (fileStatus(fileOf(state))) removeFile(fileOf(state))
}

function fileOf(state: State): string {
  return path.join(state.shared, 'offline-since')
}

const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/
