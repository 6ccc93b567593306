import { readdirSync } from 'node:fs'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import type Lockfile from 'proper-lockfile'
import { codeOf } from './disk.ts'
import { withoutLinks } from './own-paths.ts'
import { makeFolder } from './files.ts'
import { forgetLock, lockAt, lockDisk, LockWatch, noteOwner } from './lock-owner.ts'
import { ensureState, type State } from './state.ts'
import { Outside } from './workspace.ts'

/**
 * A queue that keeps processes from disturbing each other. Correctness does not depend on it: a holder that is suspended for longer
 * than `lockTimes.stale` loses the lock without noticing, and its commit then fails with `Overtaken`.
 */

/** Another process held the lock for the whole time that this one waited. */
export class Locked extends Error {
  override name = 'Locked'
}

/**
 * In milliseconds, and the same in every process: two values of `stale` for one lock could lead to two holders. Only tests change
 * them, in all of their processes.
 */
export const lockTimes = { stale: 10_000, refresh: 2_000, patience: 30_000 }

/** The lock on the disk. `isStale`: its holder is gone, so the next process takes it. */
export function currentLock(state: State): { since: string; isStale: boolean } | undefined {
  return lockAt(lockFile(state), lockTimes.stale)
}

function lockFile(state: State): string {
  return path.join(state.shared, 'lock')
}

/** Calls of this process wait here, by lock, before they compete with other processes. */
const LINES = new Map<string, Promise<unknown>>()

/**
 * Runs `work` while no other call, in this or another process, holds the lock. Keep it short: no network, nothing that grows with the
 * project.
 */
export async function withLock<T>(state: State, work: () => T | Promise<T>): Promise<T> {
  const file = lockFile(state)
  const turn = (LINES.get(file) ?? Promise.resolve()).then(() => holdLock(state, work))
  // The next call runs even if this one fails. The caller gets the error from `turn`.
  LINES.set(
    file,
    turn.catch(() => undefined),
  )
  return turn
}

async function holdLock<T>(state: State, work: () => T | Promise<T>): Promise<T> {
  const release = await acquire(state)
  try {
    return await work()
  } finally {
    await release()
  }
}

/** The package that locks. A call that only reads needs none, so the start does not load it. */
export async function loadLock(): Promise<typeof Lockfile> {
  return (await import('proper-lockfile')).default
}

async function acquire(state: State): Promise<() => Promise<void>> {
  const { lock } = await loadLock()
  const place = lockFile(state)
  const { stale, refresh, patience } = lockTimes
  const deadline = performance.now() + patience
  const watch = new LockWatch(place, stale + refresh)
  for (let wait = 4; ; wait = Math.min(wait * 2, 100)) {
    try {
      // In every attempt, because the folder may be removed meanwhile.
      ensureState(state)
      makeFolder(state.shared)
      const release = await lock(state.shared, {
        realpath: false,
        lockfilePath: place,
        stale,
        update: refresh,
        retries: 0,
        fs: lockDisk,
        // The default throws from a timer, which would end the server.
        onCompromised: () => forgetLock(place),
      })
      noteOwner(place)
      return () => release().catch(() => undefined)
    } catch (error) {
      refuseForeign(place)
      if (!isBusy(error)) throw error
      if (watch.breakIfDead()) continue
      if (performance.now() > deadline) throw new Locked(watch.describeHolder(patience / 1000))
      await pause(wait * (0.5 + Math.random()))
    }
  }
}

/** Nobody can take or break a lock that is a file, or a folder with something in it. */
function refuseForeign(lock: string): void {
  try {
    if (readdirSync(withoutLinks(lock)).length === 0) return
  } catch (error) {
    // Its holder released it meanwhile.
    if (codeOf(error) === 'ENOENT') return
    if (codeOf(error) !== 'ENOTDIR') throw error
  }
  throw new Outside(lock, 'must be an empty folder')
}

function isBusy(error: unknown): boolean {
  const code = codeOf(error) ?? ''
  if (code === 'ELOCKED' || code === 'ENOENT') return true
  // Windows reports this for a moment while a lock is being deleted.
  return process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(code)
}
