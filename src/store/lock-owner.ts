import fs, { rmdirSync, statSync, type Stats } from 'node:fs'
import os from 'node:os'
import { performance } from 'node:perf_hooks'
import * as z from 'zod'
import { codeOf } from './disk.ts'
import { withoutLinks } from './own-paths.ts'
import { rewriteNote } from './files.ts'
import { readBytes } from './read-file.ts'
import { startTimeOf, isAlive } from './leases/holder.ts'
import { parseJson } from '../plan/parse-json.ts'

const owner = z.object({
  pid: z.number(),
  startTime: z.string(),
  host: z.string(),
  /** Identity of the lock folder. A later lock at the same path has another identity. */
  lock: z.string(),
})

/** Writes the owner next to the lock, so that nobody waits for a process that has ended. Correctness does not depend on it. */
export function noteOwner(lock: string): void {
  try {
    const { pid } = process
    const mine = {
      pid,
      startTime: startTimeOf(pid) ?? '',
      host: os.hostname(),
      lock: identity(lock),
    }
    rewriteNote(ownerFile(lock), `${JSON.stringify(mine)}\n`)
  } catch {
    // On a full disk the next process only waits longer.
  }
}

/** The lock on the disk. `isStale`: its process has ended, or has not refreshed it for `stale` milliseconds. */
export function lockAt(
  lock: string,
  stale: number,
): { since: string; isStale: boolean } | undefined {
  const stat = statOf(lock)
  if (!stat) return undefined
  const isStale = isOwnerGone(lock) || Date.now() - stat.mtimeMs > stale
  return { since: stat.mtime.toISOString(), isStale }
}

/** Watches a lock while a process waits for it. */
export class LockWatch {
  readonly #lock: string
  readonly #patience: number
  #seen = ''
  #since = 0

  /** `patience` in milliseconds: a living holder refreshes its lock more often than this. */
  constructor(lock: string, patience: number) {
    this.#lock = lock
    this.#patience = patience
  }

  /**
   * Removes the lock of a holder that is gone: its process has ended, or it did not refresh the lock during the time that this
   * process has watched it. The second check does not compare clocks of different machines or times.
   */
  breakIfDead(): boolean {
    const stat = statOf(this.#lock)
    if (!stat) return false
    const now = performance.now()
    const seen = `${stat.ino} ${stat.mtimeMs}`
    if (seen !== this.#seen) {
      this.#seen = seen
      this.#since = now
    }
    if (!isOwnerGone(this.#lock) && now - this.#since < this.#patience) return false
    try {
      rmdirSync(this.#lock)
    } catch {
      // Another process was faster.
    }
    return true
  }

  /** Describes the holder after a time-out. */
  describeHolder(seconds: number): string {
    const found = ownerOf(this.#lock)
    const who = found ? `Process ${found.pid} on ${found.host}` : 'Another process'
    return `${who} has held ${this.#lock} for ${seconds} s.`
  }
}

/**
 * The file system for proper-lockfile. A lock that another process took over meanwhile is not removed.
 */
export const lockDisk = {
  ...fs,
  mkdir(folder: string, done: Done) {
    fs.mkdir(folder, error => {
      if (!error) MINE.set(folder, identity(folder))
      done(error)
    })
  },
  rmdir(folder: string, done: Done) {
    if (isOurs(folder)) fs.rmdir(folder, done)
    else done(null)
    MINE.delete(folder)
  },
  rmdirSync(folder: string) {
    if (isOurs(folder)) fs.rmdirSync(folder)
  },
}

/** Call it when the lock is lost. */
export function forgetLock(lock: string): void {
  MINE.delete(lock)
}

type Done = (error: NodeJS.ErrnoException | null) => void

/** Identity of each lock that this process created. */
const MINE = new Map<string, string>()

/** A lock that this process did not create is stale and may be removed. */
function isOurs(folder: string): boolean {
  const mine = MINE.get(folder)
  return mine === undefined || mine === identity(folder)
}

/** Whether the process that created this lock has ended. */
function isOwnerGone(lock: string): boolean {
  const found = ownerOf(lock)
  return found?.lock === identity(lock) && !isAlive(found)
}

function ownerOf(lock: string): z.infer<typeof owner> | undefined {
  const [text] = readBytes(ownerFile(lock))?.toString('utf8').split('\n') ?? []
  return text === undefined ? undefined : owner.safeParse(parseJson(text)).data
}

function ownerFile(lock: string): string {
  return `${lock}.owner`
}

function identity(lock: string): string {
  const stat = statOf(lock)
  return stat ? `${stat.ino} ${stat.birthtimeMs}` : ''
}

function statOf(lock: string): Stats | undefined {
  try {
    return statSync(withoutLinks(lock))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}
