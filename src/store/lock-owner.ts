import fs, { rmdirSync, statSync, writeFileSync, type Stats } from 'node:fs'
import os from 'node:os'
import { performance } from 'node:perf_hooks'
import * as z from 'zod'
import { codeOf, withoutLinks } from './disk.ts'
import { readBytes } from './files.ts'
import { birthOf, lives } from './leases/holder.ts'
import { parseJson } from './json.ts'

const owner = z.object({
  pid: z.number(),
  born: z.string(),
  host: z.string(),
  /** The lock that it is the owner of: a later one at the same place is another's. */
  lock: z.string(),
})

/** Says beside the lock whose it is, so that nobody waits for a process that is gone. Nothing depends on it. */
export function noteOwner(lock: string): void {
  try {
    const { pid } = process
    const mine = { pid, born: birthOf(pid) ?? '', host: os.hostname(), lock: identity(lock) }
    writeFileSync(withoutLinks(ownerFile(lock)), JSON.stringify(mine), { mode: 0o600 })
  } catch {
    // On a full disk the next one has to wait a little longer.
  }
}

/** A lock as it lies there; `isLeft` when its process has ended, or has not refreshed it for `stale` milliseconds. */
export function lockAt(
  lock: string,
  stale: number,
): { since: string; isLeft: boolean } | undefined {
  const stat = statOf(lock)
  if (!stat) return undefined
  const isLeft = isAbandoned(lock) || Date.now() - stat.mtimeMs > stale
  return { since: stat.mtime.toISOString(), isLeft }
}

/** What one waiter sees of a lock while it waits. */
export class LockWatch {
  readonly #lock: string
  readonly #patience: number
  #seen = ''
  #since = 0

  /** `patience`: a lock whose holder lives is refreshed more often than that, milliseconds. */
  constructor(lock: string, patience: number) {
    this.#lock = lock
    this.#patience = patience
  }

  /**
   * Takes the lock away from a holder that is gone: its process has ended, or it has not refreshed the lock for as long
   * as we have watched. The second needs no clock that agrees with another machine's, or with that of an hour ago.
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
    if (!isAbandoned(this.#lock) && now - this.#since < this.#patience) return false
    try {
      rmdirSync(this.#lock)
    } catch {
      // Somebody else was quicker.
    }
    return true
  }

  /** Whom we have waited for in vain. */
  told(seconds: number): string {
    const found = ownerOf(this.#lock)
    const who = found ? `Process ${found.pid} on ${found.host}` : 'Another process'
    return `${who} has held ${this.#lock} for ${seconds} s.`
  }
}

/**
 * The file system as proper-lockfile is to see it: a lock that was taken from us in the meantime is another's, and is
 * not removed.
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

/** Call it when the lock is known to be lost. */
export function forgetLock(lock: string): void {
  MINE.delete(lock)
}

type Done = (error: NodeJS.ErrnoException | null) => void

/** The locks of this process, each as it was when it was made. */
const MINE = new Map<string, string>()

/** One that we never made is a stale one, which may be removed. */
function isOurs(folder: string): boolean {
  const mine = MINE.get(folder)
  return mine === undefined || mine === identity(folder)
}

/** Has the process that made this lock ended? */
function isAbandoned(lock: string): boolean {
  const found = ownerOf(lock)
  return found?.lock === identity(lock) && !lives(found)
}

function ownerOf(lock: string): z.infer<typeof owner> | undefined {
  const text = readBytes(ownerFile(lock))?.toString('utf8')
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
    return statSync(lock)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}
