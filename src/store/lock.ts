import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { codeOf } from './disk.ts'
import { makeFolder } from './files.ts'
import { forgetLock, lockAt, lockDisk, LockWatch, noteOwner } from './lock-owner.ts'
import { ensureState, type State } from './state.ts'

/**
 * A queue, so that processes do not disturb each other. It is not what makes them correct: a holder that is held up for
 * longer than `lockTimes.stale` loses the lock without noticing, and then finds at its commit that it was overtaken.
 */

/** Another process held the lock for the whole time that we were ready to wait. */
export class Locked extends Error {
  override name = 'Locked'
}

/**
 * Milliseconds. The same in every process: two values of `stale` on one lock would mean two holders. Nothing but tests
 * that wait for them sets them, in all processes of theirs.
 */
export const lockTimes = { stale: 10_000, refresh: 2_000, patience: 30_000 }

/** The lock as it lies on the disk; `isLeft` when its holder is gone, so that the next one takes it. */
export function leftLock(state: State): { since: string; isLeft: boolean } | undefined {
  return lockAt(lockFile(state), lockTimes.stale)
}

function lockFile(state: State): string {
  return path.join(state.shared, 'lock')
}

/** Calls of this process stand in line here before they queue among processes. */
let line: Promise<unknown> = Promise.resolve()

/** Runs `work` while no other call, in this or another process, is in its own. Keep it short: nothing that grows with the project, no network. */
export async function withLock<T>(state: State, work: () => T | Promise<T>): Promise<T> {
  const turn = line.then(() => holdLock(state, work))
  // A call that fails lets the next one in all the same; its caller gets the error from `turn`.
  line = turn.catch(() => undefined)
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

async function acquire(state: State): Promise<() => Promise<void>> {
  const { lock } = (await import('proper-lockfile')).default
  const place = lockFile(state)
  const { stale, refresh, patience } = lockTimes
  const deadline = performance.now() + patience
  const watch = new LockWatch(place, stale + refresh)
  for (let wait = 4; ; wait = Math.min(wait * 2, 100)) {
    try {
      // Again each time: somebody may remove the folder while we wait.
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
      if (!isBusy(error)) throw error
      if (watch.breakIfDead()) continue
      if (performance.now() > deadline) throw new Locked(watch.told(patience / 1000))
      await pause(wait * (0.5 + Math.random()))
    }
  }
}

function isBusy(error: unknown): boolean {
  const code = codeOf(error) ?? ''
  if (code === 'ELOCKED' || code === 'ENOENT') return true
  // On Windows a lock that is being deleted answers so for a moment.
  return process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(code)
}
